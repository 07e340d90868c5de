import { randomUUID } from 'node:crypto'
import type { Transacting } from '../../db/connect.ts'
import type { DatasetRecord } from '../../domain/dataset/dataset.ts'
import { elsewhere } from '../../sandbox/elsewhere.ts'
import type { CourseIdentifier, DeclarationState, DeclarationType, OutcomeState, TrainingStatus } from '../../words.ts'
import { takeTrns } from '../applications/records.ts'
import { findPlaces, NotPossible, type Place } from './place.ts'

type User = Partial<DatasetRecord<'user'>>
type Declared = Partial<DatasetRecord<'declaration'>>
export type Person = Readonly<{ id: string; trn: string }>
export type Application = Readonly<{ id: string; person: Person; place: Place; provider: string; schedule: Place['schedule'] }>

type Applying = Partial<DatasetRecord<'application'>> & {
  place?: Place
  person?: Person
  provider?: string
  course?: CourseIdentifier
  group?: string
}

/** What situations are made with: the places of the caller, and the records so far. */
export type World = Awaited<ReturnType<typeof makeWorld>> & {
  /** a cursor of the feed after which nothing is known any more */
  expiredCursor: string
}

/** `people`: for how many there are to be TRNs. */
export async function makeWorld(trx: Transacting, provider: { id: number; name: string }, now: Temporal.Instant, people: number) {
  const places = await findPlaces(trx, provider.id, now)
  const trns = await takeTrns(trx, people)
  const records = {
    lead_provider: [elsewhere],
    user: [] as DatasetRecord<'user'>[],
    participant_id_change: [] as DatasetRecord<'participant_id_change'>[],
    application: [] as DatasetRecord<'application'>[],
    delivery_partner: [] as DatasetRecord<'delivery_partner'>[],
    declaration: [] as DatasetRecord<'declaration'>[],
  }

  function place(what: string, is: (place: Place) => boolean): Place {
    const found = places.find(is)
    if (!found) throw new NotPossible(`You have no ${what} on your day now.`)
    return found
  }

  const roles = {
    /** places are limited, and something can be declared and paid */
    limited: () =>
      place(
        'cohort with limited places to declare in',
        ({ funding, runs, partners }) => funding === 'capped' && runs.open !== undefined && partners.length > 0,
      ),
    /** places are not limited */
    unlimited: () => place('cohort without a limit of places', ({ funding }) => funding === 'full'),
    unfunded: () => place('cohort without funding', ({ funding }) => funding === 'zero'),
    /** nothing can be declared any more */
    closed: () => place('cohort whose contract is over', ({ funding, runs }) => funding === 'full' && runs.open === undefined),
    /** an earlier cohort than another, with the same kind of schedules */
    before: (later: Place) =>
      place(`cohort before ${later.cohort}`, ({ funding, startYear }) => funding === later.funding && startYear < later.startYear),
    /** a statement waits for payment */
    payable: () => place('statement that is payable', ({ runs }) => runs.payable !== undefined),
    /** something was paid, and can be taken back */
    paid: () =>
      place(
        'statement that was paid before you moved your day, in a cohort that still takes declarations',
        ({ runs }) => runs.paid !== undefined && runs.open !== undefined,
      ),
    /** something was paid, and cannot be taken back */
    paidAndClosed: () => place('paid statement of a cohort whose contract is over', ({ runs }) => runs.paid !== undefined && runs.open === undefined),
  }

  function person(values: User = {}): Person {
    const trn = values.trn ?? trns.pop() ?? ''
    const id = randomUUID()
    records.user.push({
      id,
      full_name: 'Scenario Person',
      email: `scenario.${id}@post.example`,
      trn,
      trn_verified: true,
      date_of_birth: Temporal.PlainDate.from('1990-01-01'),
      provider: 'teacher_auth',
      uid: randomUUID(),
      created_at: signedUp,
      updated_at: now,
      ...values,
    })
    return { id, trn }
  }

  /** An id that a person had before. */
  function formerId(to: { id: string }, from: string = randomUUID()): string {
    const at = now.subtract({ hours: 24 })
    records.participant_id_change.push({ participant_id: to.id, from_participant_id: from, to_participant_id: to.id, created_at: at, updated_at: at })
    return from
  }

  /** A pending application. */
  function application({
    place = roles.limited(),
    person: applicant = person(),
    provider: taking = provider.name,
    course = 'npq-headship',
    group = 'leadership',
    ...values
  }: Applying = {}): Application {
    const schedule = place.schedules.get(group)?.[0] ?? place.schedule
    const id = randomUUID()
    const at = moment(place.schedule, -20)
    records.application.push({
      id,
      participant_id: applicant.id,
      course_identifier: course,
      lead_provider: taking,
      cohort: place.cohort,
      lead_provider_approval_status: 'pending',
      eligible_for_funding: place.funding !== 'zero',
      funding_eligibility_status_code: place.funding === 'zero' ? 'unfunded_cohort' : 'funded',
      funded_place: place.funding === 'zero' ? false : null,
      work_setting: 'a_school',
      works_in_school: true,
      teacher_catchment: 'england',
      teacher_catchment_country: 'United Kingdom of Great Britain and Northern Ireland',
      teacher_catchment_iso_country_code: 'GBR',
      created_at: at,
      updated_at: now,
      ...values,
    })
    return { id, person: applicant, place, provider: taking, schedule }
  }

  /** One that was taken on, and what became of its training, each state some days after the one before. */
  function accepted({ training = ['active'], ...values }: Applying & { training?: readonly TrainingStatus[] } = {}): Application {
    const { place = roles.limited(), group = 'leadership' } = values
    const schedule = place.schedules.get(group)?.[0] ?? place.schedule
    const at = moment(place.schedule, -10)
    const states = training.map((state, index) => ({
      state,
      reason: state === 'active' ? null : 'other',
      created_at: index === 0 ? at : moment(schedule, index + 5),
    }))
    return application({
      lead_provider_approval_status: 'accepted',
      accepted_at: at,
      training_status: training.at(-1),
      schedule_identifier: schedule.identifier,
      funded_place: place.funding === 'capped' ? true : place.funding === 'zero' ? false : null,
      states,
      ...values,
      place,
    })
  }

  /** What was declared for an application, on the statements that its state needs. */
  function declaration(
    declared: Application,
    {
      type = 'started',
      state = 'eligible',
      provider: maker = declared.provider,
      ...values
    }: Declared & { type?: DeclarationType; state?: DeclarationState; provider?: string } = {},
  ): string {
    const { place } = declared
    const at = moment(declared.schedule, declaredAfter[type])
    const partner = place.startYear >= 2024 ? place.partners[0] : undefined
    const id = randomUUID()
    records.declaration.push({
      id,
      application_id: declared.id,
      lead_provider: maker,
      cohort: place.cohort,
      declaration_type: type,
      declaration_date: at,
      state,
      delivery_partner_id: partner ?? null,
      items: itemsOf(state, place),
      created_at: at,
      updated_at: now,
      ...values,
    })
    return id
  }

  /** A completed declaration with outcomes, the oldest first. */
  function completed(application: Application, outcomes: readonly OutcomeState[], state: DeclarationState = 'eligible') {
    const given = outcomes.map((outcome, index) => ({
      id: randomUUID(),
      state: outcome,
      completion_date: application.schedule.applies_from.add({ days: declaredAfter.completed }),
      created_at: moment(application.schedule, declaredAfter.completed).add({ minutes: index }),
    }))
    return declaration(application, { type: 'completed', state, outcomes: given })
  }

  /** A delivery partner that no provider works with. */
  function strangerPartner(): string {
    const id = randomUUID()
    records.delivery_partner.push({ id, name: `Unlinked Partner ${id.slice(0, 8)}`, partnerships: [] })
    return id
  }

  /** A moment so many days after the beginning of an application's schedule; without a number that of its first milestone. */
  function milestone({ schedule }: Application, days = declaredAfter.started): string {
    return moment(schedule, days).toString()
  }

  return { now, me: provider.name, records, ...roles, person, formerId, application, accepted, declaration, completed, strangerPartner, milestone }
}

/** Before anybody applied for anything. */
const signedUp = Temporal.Instant.from('2021-03-01T09:00:00Z')

/** Days after the beginning of a schedule on which situations have its milestones reached. */
const declaredAfter: Record<DeclarationType, number> = { started: 5, 'retained-1': 6, 'retained-2': 7, completed: 8 }

function moment({ applies_from }: Place['schedule'], days: number): Temporal.Instant {
  return applies_from.add({ days }).toZonedDateTime({ timeZone: 'UTC', plainTime: '10:00' }).toInstant()
}

/** What statements hold of a declaration in a state. */
function itemsOf(state: DeclarationState, { runs: { open = '', payable = '', paid = '' } }: Place): NonNullable<Declared['items']> {
  const payment = { statement_id: paid, state: 'paid' } as const
  switch (state) {
    case 'eligible':
      return [{ statement_id: open, state }]
    case 'payable':
      return [{ statement_id: payable, state }]
    case 'paid':
      return [payment]
    case 'awaiting_clawback':
      return [payment, { statement_id: open, state }]
    case 'clawed_back':
      return [payment, { statement_id: paid, state }]
    default:
      return []
  }
}
