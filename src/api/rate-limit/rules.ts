import { isIP } from 'node:net'
import type { Limit, LimitName, Limits } from '../../config.ts'
import { addressOf } from '../../http/client-address.ts'
import { isHealthPath } from '../../http/health.ts'

/** One window that a request counts in: the rule's name, whose window it is, and the rule's limit. */
export type Count = Readonly<{ rule: RuleName; whose: string; limit: Limit }>
/** The rule on tokens has a second name for the requests whose token is none of ours. */
export type RuleName = LimitName | 'unknownToken'

/** What the rules look at. */
export type Facts = Readonly<{
  /** the path without query, decoded */
  path: string
  client: string
  /** the number of the token that the request presents; undefined where it presents none that is in use */
  token: number | undefined
  /** whether the request presents a token at all */
  presented: boolean
}>

/** The windows that a request counts in, in the order in which they are checked (01 section 13). */
export function countsOf({ path, client, token, presented }: Facts, limits: Limits): Count[] {
  const counts: Count[] = []
  const ofClient = (rule: LimitName) => counts.push({ rule, whose: client, limit: limits[rule] })
  if (path.startsWith('/session')) ofClient('signIn')
  if (path.startsWith('/api/v1/get_an_identity/webhook_messages')) ofClient('identityWebhook')
  if (path.startsWith('/api/teaching-record-system/v1/webhook_messages')) ofClient('teachingRecordWebhook')
  if (takesTokens(path)) {
    if (token !== undefined) counts.push({ rule: 'token', whose: String(token), limit: limits.token })
    else if (presented) counts.push({ rule: 'unknownToken', whose: client, limit: limits.token })
  } else if (path.startsWith('/api/')) ofClient('apiPages')
  else if (!isHealthPath(path)) ofClient('pages')
  if (!isHealthPath(path)) ofClient('everything')
  return counts
}

/** Whether a path is limited by the token. */
export function takesTokens(path: string): boolean {
  return path.startsWith('/api/') && !path.startsWith('/api/guidance') && !path.startsWith('/api/docs')
}

/** One client of the limiter: an IPv4 address, or the /64 network of an IPv6 address, which one client holds whole. */
export function clientOf(given: string): string {
  const address = addressOf(given)
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : 'unknown'
  const [before = '', after] = (address.split('%', 1)[0] ?? '').split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after ? after.split(':') : []
  const gap = after === undefined ? 0 : 8 - head.length - tail.length - (address.includes('.') ? 1 : 0)
  const groups = [...head, ...Array<string>(gap).fill('0'), ...tail]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
