import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { application } from '../../api/applications/representation.ts'
import { newestVersion } from '../../api/versions.ts'
import { longDate, momentOf, utcDate, wireInstant } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { listApplications } from '../../domain/applications/records.ts'
import { author } from '../../domain/author.ts'
import type { Act } from '../../domain/history.ts'
import type { Refusal } from '../../domain/rules.ts'
import type { TokenBook } from '../../domain/tokens/book.ts'
import { noteUse } from '../../domain/tokens/records.ts'
import { hashToken, hasTokenForm } from '../../domain/tokens/token.ts'
import { isUuid } from '../../uuid.ts'
import type { Site } from '../../web/site.ts'
import { makeTemplates } from '../../web/templates.ts'
import { courseIdentifiers } from '../../words.ts'
import { lastRequests } from '../access/requests.ts'
import { request as requestPart } from '../access/routes.ts'
import { makeOwnToken, ownTokens, revokeOwnToken } from '../access/tokens.ts'
import { makeApplications, mostApplications, workplaces } from '../applications/make.ts'
import { newestCohorts } from '../applications/records.ts'
import { applicationAttributes, wantedOf } from '../applications/routes.ts'
import { clockOf } from '../clock/clock.ts'
import type { SandboxSettings } from '../settings.ts'

export type PageSettings = SandboxSettings & Readonly<{ db: Database; site: Site; book: TokenBook }>

type Sent = Readonly<Record<string, string>>
type Holder = Readonly<{ token: string; provider: { id: number; name: string }; act: Act }>
/** What came of what was asked for, shown on the page beside all the rest. */
type Result = Readonly<{
  refusals?: readonly Refusal[]
  done?: { text: string; secret?: string | undefined }
  applications?: readonly { id: string; attributes: Record<string, unknown> }[]
}>

const mostShown = 100
const formLimit = 16 * 1024

/**
 * A page for the people who hold a token. The token comes with every form, and nothing but the form carries it: there is no cookie,
 * so another site can make a browser send nothing in its holder's name.
 */
export function registerPages(app: FastifyInstance, settings: PageSettings): void {
  const { db, site, book, environment, tokenKey, clock } = settings
  const templates = makeTemplates(site, new URL('./', import.meta.url).pathname)

  app.register(async (pages) => {
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: formLimit },
      async (_request: unknown, body: unknown) => Object.fromEntries(new URLSearchParams(String(body))),
    )
    pages.get('/sandbox', (_request, reply) => show(reply, {}))
    pages.post(
      '/sandbox',
      holding(async () => ({})),
    )
    pages.post(
      '/sandbox/applications',
      holding(async ({ provider, act }, sent) => {
        const { refusals, value: ids } = await makeApplications(db, { ...act, provider, ...wantedOf(attributesOf(sent)) })
        if (ids === undefined) return { refusals }
        const views = await listApplications(db, { providerId: provider.id, ids }, { limit: ids.length, offset: 0 })
        const text = ids.length === 1 ? 'One application was made' : `${ids.length} applications were made`
        return { done: { text }, applications: application.many(newestVersion, views).data }
      }),
    )
    pages.post(
      '/sandbox/tokens',
      holding(async ({ provider, act }, { label }) => {
        const { refusals, value } = await makeOwnToken(db, { ...act, provider, label: label?.trim() || undefined, environment, tokenKey })
        return value === undefined ? { refusals } : { done: { text: `The token “${value.label}” was made`, secret: value.token } }
      }),
    )
    pages.post(
      '/sandbox/tokens/revoke',
      holding(async ({ provider, act }, { id = '' }) => {
        const revoked = isUuid(id) ? await revokeOwnToken(db, { ...act, provider, id: id.toLowerCase() }) : undefined
        if (revoked === undefined) return { refusals: [{ code: 'token_unknown', title: 'token', detail: 'You have no such token.' }] }
        return revoked.value === undefined ? { refusals: revoked.refusals } : { done: { text: `The token “${revoked.value.label}” was revoked` } }
      }),
    )
  })

  /** Carries out what the holder of the form's token asks for. */
  function holding(work: (holder: Holder, sent: Sent) => Promise<Result>) {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const sent = (request.body ?? {}) as Sent
      const holder = await holderOf(request, sent['token']?.trim() ?? '')
      if (holder === undefined) {
        const detail = 'This is no token of yours for this sandbox, or it was revoked. Check that you copied all of it.'
        return show(reply.code(401), { refusals: [{ code: 'token_unknown', title: 'token', detail }] })
      }
      const result = await work(holder, sent)
      return show(reply.code(result.refusals ? 422 : 200), result, holder, sent)
    }
  }

  async function holderOf(request: FastifyRequest, token: string): Promise<Holder | undefined> {
    const known = hasTokenForm(token, environment) ? await book.find(hashToken(token, tokenKey)) : undefined
    if (!known?.provider) return undefined
    noteUse(db, known.id).catch((error: unknown) => request.log.warn({ err: error }, 'the use of a token could not be noted'))
    const moment = momentOf(await clockOf(db, clock, known.provider))
    return { token, provider: known.provider, act: { ...moment, author: author.leadProvider(known.provider.id) } }
  }

  async function show(reply: FastifyReply, { refusals = [], done, applications }: Result, holder?: Holder, sent: Sent = {}) {
    const errors = Object.fromEntries(refusals.map(({ title, detail }) => [title, plain(detail)]))
    const page = {
      title: 'Your sandbox',
      path: '/sandbox',
      navigation: [
        { text: 'Your sandbox', href: '/sandbox', active: true },
        { text: 'Guidance', href: '/api/guidance' },
        { text: 'API of the sandbox', href: '/api/docs/sandbox' },
      ],
      errors,
      summary: refusals.map(({ title, detail }) => ({ text: plain(detail), ...(fields.has(title) && { href: `#${title}` }) })),
      sent: refusals.length > 0 ? sent : {},
      done,
      ...(applications && {
        applications: applications.slice(0, mostShown).map(({ id, attributes }) => ({
          id,
          name: attributes['full_name'],
          trn: attributes['teacher_reference_number'],
          course: attributes['course_identifier'],
          cohort: `${attributes['cohort']}${attributes['cohort_suffix']}`,
          participant: attributes['participant_id'],
        })),
        more: Math.max(0, applications.length - mostShown),
      }),
      ...(holder && (await about(holder))),
    }
    return reply.type('text/html; charset=utf-8').send(templates.render('sandbox.njk', page))
  }

  async function about({ token, provider, act }: Holder) {
    const tokens = await ownTokens(db, provider.id)
    const requests = await lastRequests(db, provider.id)
    return {
      token,
      provider: provider.name,
      day: longDate(utcDate(act.now)),
      mostApplications,
      workplaces,
      courses: courseIdentifiers,
      cohorts: (await newestCohorts(db)).map(({ identifier }) => identifier),
      tokens: tokens.map(({ public_id, label, created_at, last_used_at, revoked_at }) => ({
        id: public_id,
        label,
        created: wireInstant(created_at),
        used: last_used_at ? wireInstant(last_used_at) : 'never',
        revoked: revoked_at && wireInstant(revoked_at),
      })),
      requests: requests.map((view) => requestPart.project(newestVersion, view)),
    }
  }
}

/** What a form can say of an application, as a program would send it. */
function attributesOf(sent: Sent): Parameters<typeof wantedOf>[0] {
  const read = (name: string, text: string) => {
    if (name === 'count') return Number(text)
    return name === 'eligible_for_funding' ? text === 'true' : text
  }
  const given = applicationAttributes.map((name) => [name, sent[name]?.trim() ?? ''] as const).filter(([, text]) => text !== '')
  return Object.fromEntries(given.map(([name, text]) => [name, read(name, text)]))
}

/** The fields to which an error can lead. */
const fields: ReadonlySet<string> = new Set(['token', 'label', ...applicationAttributes])

/** A refusal as a reader of a form meets it: attributes without the signs that programs know them by. */
function plain(detail: string): string {
  return detail.replaceAll(/#\/(\w+)/g, (_, name: string) => name.replaceAll('_', ' '))
}
