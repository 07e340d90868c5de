import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { wireInstant } from '../../src/clock.ts'
import type { Database } from '../../src/db/connect.ts'
import { accept } from '../../src/domain/applications/accept.ts'
import { reject } from '../../src/domain/applications/reject.ts'
import { type DatasetRecord, dataset, kinds } from '../../src/domain/dataset/dataset.ts'
import { recordSchema } from '../../src/domain/dataset/fields.ts'
import { loadRecords, type Records } from '../../src/domain/dataset/load-records.ts'
import { declare } from '../../src/domain/declarations/declare.ts'
import { voidDeclaration } from '../../src/domain/declarations/void.ts'
import type { Act } from '../../src/domain/history.ts'
import { reportOutcome } from '../../src/domain/outcomes/report-outcome.ts'
import { defer } from '../../src/domain/participants/defer.ts'
import { resume } from '../../src/domain/participants/resume.ts'
import { withdraw } from '../../src/domain/participants/withdraw.ts'
import type { Verdict } from '../../src/domain/rules.ts'
import { authorisePayment } from '../../src/domain/statements/authorise-payment.ts'
import { makePayable } from '../../src/domain/statements/make-payable.ts'
import { markPaid } from '../../src/domain/statements/mark-paid.ts'
import { tellSeed } from '../../src/sandbox/seed.ts'
import { withdrawalReasons } from '../../src/words.ts'
import { now } from '../support/app.ts'
import { clean, database } from '../support/database.ts'

const author = 'Lead provider test'
const provider = 'Teach First'

describe('the stories of a sandbox', { timeout: 120_000 }, () => {
  test('are records of the form that a file of a dataset must have', async () => {
    const records = await told()
    for (const kind of kinds) {
      const form = Compile(recordSchema(dataset[kind]))
      for (const record of JSON.parse(JSON.stringify(records[kind])))
        if (!form.Check(record)) expect([record, form.Errors(record)]).toEqual([record, []])
    }
  })

  test('are what becomes of the same people when their provider does it all through the verbs', async () => {
    const db = await database()
    const records = await told()
    const story = sliceOf(records)
    await load(db, story)
    const expected = await outcomeFor(db)
    expect(expected.declarations.length).toBeGreaterThan(100)

    await clean()
    await load(db, beforehand(story, await referenceOf(db)))
    await actOut(db, story)
    expect(await outcomeFor(db)).toEqual(expected)
  })
})

async function told() {
  const db = await database()
  const records = await db.transaction().execute((trx) => tellSeed(trx, now))
  if (!records) throw new Error('There are no stories yet.')
  return records
}

function load(db: Database, records: Records) {
  return db.transaction().execute((trx) => loadRecords(trx, records, { author }))
}

type Told = Awaited<ReturnType<typeof told>>

/** What concerns the people who are the provider's, or were, with what they applied for elsewhere. */
function sliceOf(records: Told): Told {
  const had = ({ lead_provider, states = [] }: DatasetRecord<'application'>) =>
    lead_provider === provider || states.some((state) => state.lead_provider === provider)
  const people = new Set(records.application.filter(had).map(({ participant_id }) => participant_id))
  const own = new Set(records.application.filter(had).map(({ id }) => id))
  const declaration = records.declaration.filter(({ application_id }) => own.has(application_id))
  const declaring = new Set(declaration.map(({ lead_provider }) => lead_provider))
  return {
    ...records,
    application: records.application.filter(({ participant_id }) => people.has(participant_id)),
    statement: records.statement.filter(({ lead_provider }) => declaring.has(lead_provider)),
    declaration,
  }
}

/** The same before anybody did anything: applications are pending, statements open. */
function beforehand({ application, statement, ...records }: Told, { funding }: Pick<Reference, 'funding'>): Records {
  return {
    ...records,
    application: application.map(({ accepted_at, reason_for_rejection, training_status, schedule_identifier, ...applied }) => ({
      ...applied,
      lead_provider: firstProvider(applied),
      lead_provider_approval_status: 'pending',
      funded_place: funding(applied.cohort) === 'zero' ? false : null,
      states: [],
    })),
    statement: statement.map(({ marked_as_paid_at, ...planned }) => ({ ...planned, state: 'open' })),
    declaration: [],
  }
}

/** The provider that took an application on, if another one has it now. */
function firstProvider({ states = [], lead_provider }: DatasetRecord<'application'>): string {
  return states[0]?.lead_provider ?? lead_provider
}

type Deed = { at: Temporal.Instant; of: string; run(act: Act): Promise<Verdict | boolean> }

/** Does at its time, through the verbs, what the records say was done. */
async function actOut(db: Database, story: Told): Promise<void> {
  const reference = await referenceOf(db)
  const deeds = [
    ...story.statement.flatMap((statement) => deedsOfStatement(db, reference, story, statement)),
    ...story.application.flatMap((application) => deedsOfApplication(db, reference, story, application)),
    ...story.declaration.flatMap((declaration) => deedsOfDeclaration(db, reference, story, declaration)),
  ]
  for (const { at, of, run } of deeds.sort((one, other) => Temporal.Instant.compare(one.at, other.at))) {
    const answer = await run({ now: at, author })
    const refused = answer === false ? 'not done' : typeof answer === 'object' ? answer.refusals.map(({ detail }) => detail) : []
    expect([of, at.toString(), refused]).toEqual([of, at.toString(), []])
  }
}

type Reference = Awaited<ReturnType<typeof referenceOf>>

async function referenceOf(db: Database) {
  const providers = await db.selectFrom('lead_providers').select(['id', 'name']).execute()
  const cohorts = await db.selectFrom('cohorts').select(['identifier', 'funding']).execute()
  const statements = await db.selectFrom('statements').select(['id', 'public_id']).execute()
  return {
    providerId: (name: string) => providers.find((each) => each.name === name)?.id ?? 0,
    funding: (cohort: string | null | undefined) => cohorts.find(({ identifier }) => identifier === cohort)?.funding,
    statementId: (id: string) => statements.find(({ public_id }) => public_id === id)?.id ?? 0,
  }
}

/** Whoever pays sees to what is on a payment run: once its deadline has passed, and once it is to be paid. */
function deedsOfStatement(db: Database, reference: Reference, story: Told, statement: DatasetRecord<'statement'>): Deed[] {
  const { id, deadline_date, marked_as_paid_at } = statement
  const held = story.declaration.some(({ items = [] }) => items.some(({ statement_id }) => statement_id === id))
  if (!held || statement.state === 'open' || !deadline_date) return []
  const statementId = reference.statementId(id)
  const closed = deadline_date.add({ days: 1 }).toZonedDateTime('UTC').toInstant()
  const closing = { at: closed, of: id, run: (act: Act) => makePayable(db, { ...act, statementId }) }
  if (!marked_as_paid_at) return [closing]
  return [
    closing,
    { at: marked_as_paid_at, of: id, run: (act) => authorisePayment(db, { ...act, statementId, checksDone: true }) },
    { at: marked_as_paid_at.add({ minutes: 4 }), of: id, run: (act) => markPaid(db, { ...act, statementId }) },
  ]
}

function deedsOfApplication(db: Database, reference: Reference, story: Told, record: DatasetRecord<'application'>): Deed[] {
  const {
    id: applicationId,
    participant_id: participantId,
    course_identifier: courseIdentifier,
    accepted_at,
    updated_at,
    reason_for_rejection,
  } = record
  const first = firstProvider(record)
  const providerId = reference.providerId(first)
  const own = { providerId, applicationId }
  // those that were rejected because another was accepted were rejected with that
  if (reason_for_rejection && reason_for_rejection !== 'other_application_in_this_cohort_accepted') {
    return [{ at: updated_at ?? now, of: applicationId, run: (act) => reject(db, { ...act, ...own, reason: reason_for_rejection }) }]
  }
  if (!accepted_at) return []
  const fundedPlace = record.funded_place ?? undefined
  const accepting = { ...own, fundedPlace, scheduleIdentifier: record.schedule_identifier ?? undefined }
  const training = { providerId, participantId, courseIdentifier }
  // no verb moves an application to another provider: operators do
  const declaredThere = story.declaration.filter(({ application_id, lead_provider }) => application_id === applicationId && lead_provider === first)
  const goesOver: Deed = {
    at: (declaredThere.at(-1)?.created_at ?? accepted_at).add({ seconds: 1 }),
    of: applicationId,
    async run() {
      await db
        .updateTable('applications')
        .set({ lead_provider_id: reference.providerId(record.lead_provider) })
        .where('public_id', '=', applicationId)
        .execute()
      return true
    },
  }
  return [
    ...(first === record.lead_provider ? [] : [goesOver]),
    { at: accepted_at, of: applicationId, run: (act) => accept(db, { ...act, ...accepting }) },
    ...(record.states ?? []).slice(1).map(
      ({ state, reason, created_at }): Deed => ({
        at: created_at,
        of: applicationId,
        run(act) {
          const command = { ...act, ...training, reason: reason ?? undefined }
          if (state === 'active') return resume(db, command)
          return state === 'deferred' ? defer(db, command) : withdraw(db, { ...command, reasons: withdrawalReasons })
        },
      }),
    ),
  ]
}

function deedsOfDeclaration(db: Database, reference: Reference, story: Told, record: DatasetRecord<'declaration'>): Deed[] {
  const { id, application_id, declaration_type, declaration_date, created_at, outcomes = [], items = [] } = record
  const application = story.application.find((each) => each.id === application_id)
  const participantId = application?.participant_id
  const courseIdentifier = application?.course_identifier
  const providerId = reference.providerId(record.lead_provider)
  let declarationId = ''
  const declaring: Deed = {
    at: created_at ?? now,
    of: id,
    async run(act) {
      const answer = await declare(db, {
        ...act,
        providerId,
        participantId,
        courseIdentifier,
        declarationType: declaration_type,
        declarationDate: wireInstant(declaration_date),
        hasPassed: outcomes[0] && outcomes[0].state === 'passed',
        deliveryPartnerId: record.delivery_partner_id,
        secondaryDeliveryPartnerId: record.secondary_delivery_partner_id,
        asksForPartner: true,
      })
      declarationId = answer.declarationId ?? ''
      return answer
    },
  }
  const takenBackAt = record.state === 'voided' ? record.updated_at : items[1]?.created_at
  const voiding: Deed[] = takenBackAt ? [{ at: takenBackAt, of: id, run: (act) => voidDeclaration(db, { ...act, providerId, declarationId }) }] : []
  const results = outcomes.slice(1).filter(({ state }) => state !== 'voided')
  const reporting = results.map(
    ({ state, completion_date, created_at: at }): Deed => ({
      at,
      of: id,
      run: (act) =>
        reportOutcome(db, {
          ...act,
          providerId,
          participantId: participantId ?? '',
          courseIdentifier,
          state,
          completionDate: completion_date.toString(),
          onTransferred: true,
          passStands: true,
        }),
    }),
  )
  return [declaring, ...voiding, ...reporting]
}

/** The provider's rows, ids and times aside. */
async function outcomeFor(db: Database) {
  const own = await db.selectFrom('lead_providers').select('id').where('name', '=', provider).executeTakeFirstOrThrow()
  const applications = await db.selectFrom('applications').selectAll().where('lead_provider_id', '=', own.id).orderBy('public_id').execute()
  const states = await db
    .selectFrom('application_states')
    .innerJoin('applications', 'applications.id', 'application_id')
    .select(['applications.public_id', 'state', 'reason', 'application_states.lead_provider_id'])
    .where('applications.lead_provider_id', '=', own.id)
    .orderBy('applications.public_id')
    .orderBy('application_states.id')
    .execute()
  const declarations = await db
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'application_id')
    .leftJoin('declarations as original', 'original.id', 'declarations.superseded_by_id')
    .leftJoin('applications as first', 'first.id', 'original.application_id')
    .selectAll('declarations')
    .select(['applications.public_id as application', 'first.public_id as first_declared_for'])
    .where('declarations.lead_provider_id', '=', own.id)
    .orderBy('applications.public_id')
    .orderBy('declarations.declaration_date')
    .execute()
  const items = await db
    .selectFrom('statement_items')
    .innerJoin('statements', 'statements.id', 'statement_id')
    .select(['declaration_id', 'statements.public_id as statement', 'statements.state as on', 'statement_items.state'])
    .orderBy('statement_items.id')
    .execute()
  const outcomes = await db.selectFrom('outcomes').select(['declaration_id', 'state', 'completion_date']).orderBy('id').execute()
  const heldBy = <Row extends { declaration_id: number }>(rows: Row[], id: number) =>
    rows.filter(({ declaration_id }) => declaration_id === id).map(({ declaration_id, ...held }) => held)
  return {
    applications: applications.map(apart),
    states,
    declarations: declarations.map((row) => ({ ...apart(row), items: heldBy(items, row.id), outcomes: heldBy(outcomes, row.id) })),
  }
}

/** A row without what differs from one making to the next; of declarations, their own public ids too. */
function apart(row: object) {
  const passing = ['id', 'user_id', 'application_id', 'superseded_by_id', 'created_at', 'updated_at', 'accepted_at', 'shown_updated_at']
  const ofDeclaration = 'declaration_type' in row ? ['public_id'] : []
  return Object.fromEntries(Object.entries(row).filter(([name]) => ![...passing, ...ofDeclaration].includes(name)))
}
