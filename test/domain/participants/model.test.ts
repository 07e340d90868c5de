import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { accept } from '../../../src/domain/applications/accept.ts'
import { changeSchedule } from '../../../src/domain/participants/change-schedule.ts'
import { defer } from '../../../src/domain/participants/defer.ts'
import { resume } from '../../../src/domain/participants/resume.ts'
import { withdraw } from '../../../src/domain/participants/withdraw.ts'
import type { Verdict } from '../../../src/domain/rules.ts'
import type { TrainingStatus } from '../../../src/words.ts'
import { now } from '../../support/app.ts'
import { contract } from '../../support/contract.ts'
import { database } from '../../support/database.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'
import { trainingOf } from '../../support/training.ts'

// Whatever is asked in whatever order: each action succeeds exactly where this small model says so, and leaves what it says.

type Model = {
  status: TrainingStatus | null
  schedule: 'npq-leadership-autumn' | 'npq-leadership-spring' | null
  declared: Set<string>
  history: string[]
  letters: string[]
}
type Real = { db: Database; application: RowOf<'applications'> }
type Step = fc.AsyncCommand<Model, Real>

function step(name: string, expected: (model: Model) => boolean, ask: (real: Real) => Promise<Verdict>, effect: (model: Model) => void): Step {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      const succeeds = expected(model)
      const { refusals } = await ask(real)
      expect(refusals.length === 0, `${name}: ${JSON.stringify(refusals)}`).toBe(succeeds)
      if (succeeds) effect(model)
      expect(await stateOf(real)).toEqual(model)
    },
  }
}

async function stateOf({ db, application: { id } }: Real): Promise<Model> {
  const application = await db
    .selectFrom('applications')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .select(['training_status', 'schedules.identifier'])
    .where('applications.id', '=', id)
    .executeTakeFirstOrThrow()
  const states = await db.selectFrom('application_states').select('state').where('application_id', '=', id).orderBy('id').execute()
  const declarations = await db.selectFrom('declarations').select('declaration_type').where('application_id', '=', id).execute()
  return {
    status: application.training_status,
    schedule: application.identifier as Model['schedule'],
    declared: new Set(declarations.map(({ declaration_type }) => declaration_type)),
    history: states.map(({ state }) => state),
    letters: (await letters(db)).map(({ template }) => template),
  }
}

function moved(status: TrainingStatus, letter: string) {
  return (model: Model) => {
    model.status = status
    model.history.push(status)
    model.letters.push(letter)
  }
}
const accepting = step(
  'accept',
  ({ status }) => status === null,
  ({ db, application }) =>
    accept(db, {
      ...{ now, author: 'Command test', providerId: application.lead_provider_id, applicationId: application.public_id },
      ...{ fundedPlace: undefined, scheduleIdentifier: 'npq-leadership-autumn' },
    }),
  (model) => {
    moved('active', 'application accepted')(model)
    model.schedule = 'npq-leadership-autumn'
  },
)
const deferring = (reason: string) =>
  step(
    `defer for ${reason}`,
    ({ status, declared }) => status === 'active' && declared.size > 0 && reason === 'other',
    async ({ db, application }) => defer(db, { ...(await trainingOf(db, application)), reason }),
    moved('deferred', 'deferred'),
  )
const withdrawing = (reason: string) =>
  step(
    `withdraw for ${reason}`,
    ({ status, declared }) => (status === 'active' || status === 'deferred') && declared.has('started') && reason === 'other',
    async ({ db, application }) => withdraw(db, { ...(await trainingOf(db, application)), reason }),
    moved('withdrawn', 'withdrawn'),
  )
const resuming = step(
  'resume',
  ({ status }) => status === 'deferred' || status === 'withdrawn',
  async ({ db, application }) => resume(db, await trainingOf(db, application)),
  moved('active', 'resumed'),
)
const goingOn = (schedule: NonNullable<Model['schedule']>) =>
  step(
    `change to ${schedule}`,
    (model) => (model.status === 'active' || model.status === 'deferred') && model.schedule !== schedule,
    async ({ db, application }) => changeSchedule(db, { ...(await trainingOf(db, application)), scheduleIdentifier: schedule, cohort: '2023' }),
    (model) => {
      model.schedule = schedule
    },
  )
// voided, so that no declaration bars a change of schedule
const declaring = (declaration_type: 'started' | 'retained-1'): Step => ({
  check: ({ status }) => status !== null,
  toString: () => `declare ${declaration_type}`,
  async run(model, { db, application }) {
    await make.declaration(db, { application, declaration_type, state: 'voided' })
    model.declared.add(declaration_type)
  },
})

test('random sequences of actions on training do what a small model says', { timeout: 120_000 }, async () => {
  const db = await database()
  await contract(db, { cohort: '2023a' })
  const commands = fc.commands(
    [
      ...[accepting, resuming, goingOn('npq-leadership-autumn'), goingOn('npq-leadership-spring')].map((command) => fc.constant(command)),
      ...[deferring('other'), deferring('weather'), withdrawing('other'), withdrawing('weather')].map((command) => fc.constant(command)),
      ...[declaring('started'), declaring('retained-1')].map((command) => fc.constant(command)),
    ],
    { maxCommands: 25 },
  )
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      await db.deleteFrom('users').execute()
      await db.deleteFrom('jobs').execute()
      const application = await make.application(db)
      const model: Model = { status: null, schedule: null, declared: new Set(), history: [], letters: [] }
      await fc.asyncModelRun(() => ({ model, real: { db, application } }), sequence)
    }),
    { numRuns: 30 },
  )
})
