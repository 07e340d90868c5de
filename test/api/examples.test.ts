import type { FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { endpointsOf } from '../../src/api/endpoint.ts'
import { exampleIds, exampleMoments, exampleSecondPartner } from '../../src/api/examples.ts'
import { exampleCursor } from '../../src/api/feed/representation.ts'
import { endpoints } from '../../src/api/index.ts'
import { type Version, versions } from '../../src/api/versions.ts'
import type { Database } from '../../src/db/connect.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { ask, makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'
import { operationsOf } from '../support/schemas.ts'

type Step = { after: readonly string[]; at: string }
const { applied, accepted, reached, declared, deferred, changed } = exampleMoments
const read = (...after: string[]): Step => ({ after, at: changed })

/** What the examples tell of before each request, as documented requests themselves, and when it is sent. */
const story: Record<string, Step> = {
  listApplications: read('acceptApplication'),
  listApplicationsAsCsv: read('acceptApplication'),
  getApplication: read('acceptApplication'),
  acceptApplication: { after: [], at: accepted },
  rejectApplication: { after: [], at: accepted },
  changeFundedPlace: read('acceptApplication'),
  listEnrolmentsAsCsv: read('acceptApplication'),
  listParticipants: read('acceptApplication'),
  getParticipant: read('acceptApplication'),
  deferParticipant: { after: ['acceptApplication', 'createDeclaration'], at: deferred },
  resumeParticipant: read('acceptApplication', 'createDeclaration', 'deferParticipant'),
  withdrawParticipant: read('acceptApplication', 'createDeclaration'),
  changeParticipantSchedule: read('acceptApplication'),
  listOutcomes: read('completed'),
  listOutcomesOfParticipant: read('completed'),
  reportOutcome: read('failed'),
  listDeclarations: read('acceptApplication', 'createDeclaration'),
  listDeclarationsAsCsv: read('acceptApplication', 'createDeclaration'),
  getDeclaration: read('acceptApplication', 'createDeclaration'),
  createDeclaration: { after: ['acceptApplication'], at: declared },
  voidDeclaration: read('acceptApplication', 'createDeclaration'),
  changeDeliveryPartner: read('acceptApplication', 'createDeclaration'),
  listStatements: read('acceptApplication', 'createDeclaration'),
  getStatement: read('acceptApplication', 'createDeclaration'),
  listDeliveryPartners: read(),
  getDeliveryPartner: read(),
  listChanges: read('acceptApplication'),
}

test('every example of a request is answered with the example beside it, by a sandbox where the story of the examples took place', async () => {
  const db = await database()
  await seed(db, Temporal.Instant.from(accepted))
  const app = await makeApp()
  const token = await make.token(db)
  const partners = await partnersOf(db)
  for (const version of versions) {
    const documented = operationsOf(version)
    for (const endpoint of endpointsOf(endpoints, version)) {
      const name = `${endpoint.method} /api/${version}${endpoint.path}`
      const told = await tell({ db, app, token, version, partners }, endpoint.operationId)
      const [media] = Object.values(documented.get(name)?.responses['200']?.content ?? {})
      expect.soft([told.status, told.answer], name).toEqual([200, media?.example])
    }
  }
}, 60_000)

type Stage = { db: Database; app: FastifyInstance; token: string; version: Version; partners: Record<string, string> }

/** The documented requests that lead to one, and it; with what is answered, in which only ids and such are replaced. */
async function tell({ db, app, token, version, partners }: Stage, last: string) {
  const steps = [...(story[last]?.after ?? []), last]
  const person = await personOf(db, isAboutOutcomes(steps) ? 'completed' : 'applied')
  const ids: Record<string, string> = { ...partners, ...person.replaced }
  let sent: Awaited<ReturnType<typeof ask>> | undefined
  for (const step of steps) {
    const request = completions[step] ?? documentedRequest(version, step)
    const headers = { 'x-with-server-date': story[step]?.at ?? declared }
    const text = JSON.stringify([request.url, request.body ?? null])
    const [url, body] = JSON.parse(withReplaced(text, invert(ids)))
    sent = await ask(app, url, { token, method: request.method, headers, ...(body !== null && { body }) })
    if (sent.statusCode !== 200) break
    if (step === 'createDeclaration') {
      const { id } = sent.json().data
      ids[id] = exampleIds.declaration
      ids[await statementOf(db, id)] = exampleIds.statement
    }
    if (completions[step]) ids[await outcomeOf(db, sent.json().data.id)] = exampleIds.outcome
    if (step === 'reportOutcome') ids[sent.json().data.id] = exampleIds.outcome
  }
  if (last === 'listChanges' && sent) Object.assign(ids, idsOfChange(sent.json(), person.applicationId))
  const body = withReplaced(sent?.body ?? '', ids)
  return { status: sent?.statusCode, answer: String(sent?.headers['content-type']) === 'text/csv' ? ownLines(body) : ownRecords(JSON.parse(body)) }
}

function documentedRequest(version: Version, operationId: string) {
  const endpoint = endpointsOf(endpoints, version).find((one) => one.operationId === operationId)
  if (!endpoint) throw new Error(`${version} has no ${operationId}.`)
  const name = `${endpoint.method} /api/${version}${endpoint.path}`
  const { parameters = [], requestBody } = operationsOf(version).get(name) ?? {}
  const id = parameters.find((parameter) => parameter.in === 'path')?.example
  const has = (name: string) => parameters.some((parameter) => parameter.name === name)
  const page = has('page') ? '?page[per_page]=3000' : has('limit') ? '?limit=1000' : ''
  return {
    method: endpoint.method,
    url: `/api/${version}${endpoint.path}`.replace('{id}', String(id)) + page,
    body: requestBody?.content['application/json']?.example,
  }
}

/** An outcome stands on a completed declaration of a course that began earlier. */
const completions: Record<string, ReturnType<typeof completion>> = { completed: completion(true), failed: completion(false) }

function completion(hasPassed: boolean) {
  return {
    method: 'POST' as const,
    url: '/api/v3/participant-declarations',
    body: {
      data: {
        type: 'participant-declaration',
        attributes: {
          participant_id: exampleIds.participant,
          declaration_type: 'completed',
          declaration_date: reached,
          course_identifier: 'npq-leading-literacy',
          has_passed: hasPassed,
          delivery_partner_id: exampleIds.partner,
        },
      },
    },
  }
}

function isAboutOutcomes(steps: readonly string[]): boolean {
  return steps.some((step) => completions[step])
}

/** The person of the examples anew, with what of the row was made up for it by what the examples say. */
async function personOf(db: Database, kind: 'applied' | 'completed') {
  const user = await make.user(db, {
    full_name: 'Isabelle MacDonald',
    previous_names: ['Isabelle Marchetti'],
    created_at: Temporal.Instant.from('2026-09-01T08:00:00Z'),
    updated_at: Temporal.Instant.from('2026-09-01T08:00:00Z'),
    significantly_updated_at: Temporal.Instant.from('2026-09-01T08:00:00Z'),
  })
  const change = await make.idChange(db, { user, created_at: Temporal.Instant.from('2026-09-21T14:00:00Z') })
  const at = { created_at: Temporal.Instant.from(applied), updated_at: Temporal.Instant.from(applied) }
  const school = (await db.selectFrom('schools').select(['id', 'urn', 'ukprn']).where('urn', 'like', '1%').limit(1).executeTakeFirst()) ?? { id: 0 }
  const work = {
    school_id: school.id,
    ukprn: '10079319',
    headteacher_status: 'yes_in_first_two_years' as const,
    works_in_school: true,
    teacher_catchment: 'england',
    teacher_catchment_country: 'United Kingdom of Great Britain and Northern Ireland',
    teacher_catchment_iso_country_code: 'GBR',
    targeted_delivery_funding_eligibility: false,
    lead_mentor: false,
  }
  const application =
    kind === 'applied'
      ? await make.application(db, { user, cohort: '2026b', course: 'npq-headship', ...work, ...at })
      : await make.acceptedApplication(db, {
          user,
          cohort: '2025a',
          course: 'npq-leading-literacy',
          schedule: 'npq-specialist-spring',
          funded_place: true,
          ...work,
        })
  const replaced = {
    [user.public_id]: exampleIds.participant,
    [change.from_participant_id]: '23dd8d66-e11f-4139-9001-86b4f9abcb02',
    [application.public_id]: exampleIds.application,
    [String(user.email)]: 'isabelle.macdonald@moorland-primary.example',
    [String(user.trn)]: '1234567',
    [String('urn' in school ? school.urn : '')]: '106286',
    'Ambition Institute': 'Example Lead Provider',
  }
  return { replaced, applicationId: application.public_id }
}

/** The change of an application in the feed, whose time is that of the database, and the cursors there, which stand for places. */
function idsOfChange(answer: { data: { id: string; attributes: Record<string, unknown> }[]; meta: { cursor: string } }, applicationId: string) {
  const found = answer.data.findLast(({ attributes }) => attributes['resource_id'] === applicationId && attributes['kind'] === 'updated')
  return {
    [found?.id ?? '']: exampleIds.change,
    [String(found?.attributes['cursor'])]: exampleCursor(),
    [String(found?.attributes['changed_at'])]: accepted,
    [answer.meta.cursor]: exampleCursor(),
  }
}

async function partnersOf(db: Database) {
  const at = { created_at: Temporal.Instant.from('2025-04-14T10:00:00Z'), updated_at: Temporal.Instant.from('2025-04-14T10:00:00Z') }
  const cohorts = ['2025a', '2026b']
  const first = await make.deliveryPartner(db, { name: 'Harbour Learning Hub', cohorts, ...at })
  const second = await make.deliveryPartner(db, { name: exampleSecondPartner.name, cohorts, ...at })
  return { [first.public_id]: exampleIds.partner, [second.public_id]: exampleSecondPartner.id }
}

async function statementOf(db: Database, declarationId: string) {
  const { public_id } = await db
    .selectFrom('statement_items')
    .innerJoin('statements', 'statements.id', 'statement_items.statement_id')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .select('statements.public_id')
    .where('declarations.public_id', '=', declarationId)
    .executeTakeFirstOrThrow()
  return public_id
}

async function outcomeOf(db: Database, declarationId: string) {
  const { public_id } = await db
    .selectFrom('outcomes')
    .innerJoin('declarations', 'declarations.id', 'outcomes.declaration_id')
    .select('outcomes.public_id')
    .where('declarations.public_id', '=', declarationId)
    .executeTakeFirstOrThrow()
  return public_id
}

const own: readonly string[] = Object.values(exampleIds)

/** Of a list, what the examples speak of. */
function ownRecords(answer: { data?: unknown }) {
  return Array.isArray(answer.data) ? { ...answer, data: answer.data.filter(({ id }) => own.includes(id)) } : answer
}

function ownLines(file: string): string {
  const [header, ...lines] = file.split('\n')
  return [header, ...lines.filter((line) => own.some((id) => line.includes(id))), ''].join('\n')
}

function invert(replaced: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(replaced).map(([from, to]) => [to, from]))
}

function withReplaced(text: string, replaced: Record<string, string>): string {
  return Object.entries(replaced)
    .filter(([from]) => from !== '')
    .reduce((changed, [from, to]) => changed.replaceAll(from, to), text)
}
