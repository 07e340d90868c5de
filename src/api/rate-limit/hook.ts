import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Limits } from '../../config.ts'
import { addressOf } from '../../http/client-address.ts'
import { type Problem, tooManyRequests } from '../../http/problems.ts'
import { redactPath } from '../../http/redact.ts'
import { pathOf } from '../../http/urls.ts'
import { presentedToken } from '../authentication.ts'
import { makePace } from './pace.ts'
import { type Count, clientOf, countsOf, type RuleName } from './rules.ts'
import { type Microseconds, type Standing, steadyClock, type Windows } from './windows.ts'

export type Limiter = Readonly<{
  limits: Limits
  windows: Windows
  now?: Microseconds
  /** told of every decision: what it was, and the rule that made it */
  decided?: (decision: 'passed' | 'refused' | 'store down', rule: RuleName | 'none') => void
}>

/** Holds requests to the limits, before the router's 404 and before authentication. */
export function makeLimiter(limiter: Limiter) {
  const { limits, windows, now = steadyClock, decided = () => {} } = limiter
  const turn = makePace()
  let lastComplaint = Number.NEGATIVE_INFINITY

  /** The windows that a request counts in; its token is identified by then. */
  const windowsOf = (request: FastifyRequest): Count[] => {
    const presented = presentedToken(request.headers.authorization) !== undefined
    return countsOf({ path: pathOf(request), client: clientOf(request.ip), token: request.token?.id, presented }, limits)
  }

  return {
    /** Counts a request, or refuses it. */
    async hold(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const counts = windowsOf(request)
      if (counts.length === 0) return
      const standings = await windows.take(counts).catch((error: unknown) => complain(request, error))
      if (!standings) return decided('store down', 'none')
      const shown = standings.find(({ count }) => count.rule === 'token' || count.rule === 'unknownToken')
      if (shown) tellStanding(reply, shown)
      await refuseFull(standings, request, reply)
      decided('passed', 'none')
    },
    /** Refuses a request whose token is none of ours as far as is known, where its client's windows are full. Counts nothing. */
    async refuseStranger(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const standings = await windows.look(windowsOf(request)).catch((error: unknown) => complain(request, error))
      if (standings) await refuseFull(standings, request, reply)
    },
  }

  async function refuseFull(standings: readonly Standing[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const full = standings.filter((standing) => standing.full)
    const [first] = full
    if (!first) return
    if (first.count.rule === 'unknownToken' && !(await turn())) reply.header('connection', 'close')
    const path = pathOf(request)
    if (path.startsWith('/api/')) tellStanding(reply, first)
    const { rule, limit } = first.count
    decided('refused', rule)
    request.log.warn(
      { rule, token: request.token?.id ?? null, client: addressOf(request.ip), path: redactPath(request.originalUrl) },
      'a rate limit was passed',
    )
    // one that waits this long meets no full window
    const wait = Math.max(...full.map(({ freesIn }) => inSeconds(freesIn)))
    throw limitReached({ rule, limit }, wait)
  }

  /** An error line once a minute says that requests pass uncounted. */
  function complain(request: FastifyRequest, error: unknown): undefined {
    if (now() - lastComplaint < 60_000_000) return
    lastComplaint = now()
    request.log.error({ err: error }, 'the store of the rate limiter does not answer: requests pass uncounted')
  }
}

/** `wait`: seconds until another request can be let through. */
export function limitReached({ rule, limit }: Pick<Count, 'rule' | 'limit'>, wait: number): Problem {
  const { requests, seconds } = limit
  return tooManyRequests(
    `The limit of ${requests} requests in ${seconds} seconds ${guards[rule]} was reached. Wait ${wait} seconds, then send requests more slowly.`,
    wait,
  )
}

/** The fields of the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers). */
function tellStanding(reply: FastifyReply, { count, remaining, freesIn }: Standing) {
  const { requests, seconds } = count.limit
  reply.header('ratelimit-policy', `"${count.rule}";q=${requests};w=${seconds}`)
  reply.header('ratelimit', `"${count.rule}";r=${remaining};t=${inSeconds(freesIn)}`)
}

function inSeconds(microseconds: number): number {
  return Math.max(1, Math.ceil(microseconds / 1_000_000))
}

const guards: Record<RuleName, string> = {
  token: 'for one token',
  unknownToken: 'for unknown tokens from one IP address',
  apiPages: 'for documentation pages from one IP address',
  pages: 'for pages from one IP address',
  signIn: 'for signing in from one IP address',
  identityWebhook: 'for this webhook from one IP address',
  teachingRecordWebhook: 'for this webhook from one IP address',
  everything: 'for one IP address',
}
