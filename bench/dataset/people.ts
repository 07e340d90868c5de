import type { Random } from '../../src/sandbox/random.ts'
import type { DeclarationType } from '../../src/words.ts'
import { byShare, type CourseGroup, cohorts, courses, day, end, freshCohort, instant, providers, uuid } from './scale.ts'
import type { Surroundings } from './surroundings.ts'

type Dated = Record<string, unknown>
const milestones: Record<CourseGroup, readonly DeclarationType[]> = {
  leadership: ['started', 'retained-1', 'retained-2', 'completed'],
  specialist: ['started', 'retained-1', 'completed'],
}
/** Milliseconds from the start of training to each milestone. */
const reachedAfter: Record<DeclarationType, number> = { started: 10 * day, 'retained-1': 180 * day, 'retained-2': 330 * day, completed: 480 * day }

/** Four people with five applications, and everything that hangs on them. */
export function fourPeople(random: Random, around: Surroundings, firstPerson: number): Dated[] {
  const records: Dated[] = []
  for (let number = firstPerson; number < firstPerson + 4; number++) {
    const person = uuid(random)
    const applications = [applicationOf(random, around, person, 0)]
    if (number === firstPerson + 3) applications.push(applicationOf(random, around, person, 1))
    const created = Math.min(...applications.map(({ created }) => created)) - 600_000
    const updated = changedLately(random, created)
    const trn = random.chance(0.97) ? String(1_000_000 + number) : undefined
    records.push({
      kind: 'user',
      id: person,
      full_name: `Person ${number}`,
      email: `person.${number}@school.example`,
      ...(trn && { trn, trn_verified: random.chance(0.9) }),
      created_at: instant(created),
      updated_at: instant(updated),
      significantly_updated_at: instant(updated),
    })
    for (const { record, declarations } of applications) records.push(record, ...declarations)
  }
  return records
}

function applicationOf(random: Random, around: Surroundings, participant_id: string, place: number) {
  const { name: lead_provider } = byShare(random, providers)
  const cohort = byShare(random, cohorts)
  const group = random.chance(0.7) ? 'leadership' : 'specialist'
  // a person's second application is for another course
  const course_identifier = courses[group][2 * random.whole(0, 1) + place] ?? courses[group][place]
  const registers = Date.parse(cohort.registers)
  const created = registers + Math.floor(random.next() * (Math.min(end, registers + 365 * day) - registers - day))
  const fresh = cohort.identifier === freshCohort
  const luck = random.next()
  const status = luck < (fresh ? 0.5 : 0.78) ? 'accepted' : luck < (fresh ? 0.95 : 0.83) ? 'pending' : 'rejected'
  const eligible = random.chance(0.8)
  const id = uuid(random)
  const acceptance = created + Math.floor(random.next() * day)
  const record = {
    kind: 'application',
    id,
    participant_id,
    course_identifier,
    lead_provider,
    cohort: cohort.identifier,
    schedule_identifier: status === 'accepted' ? `npq-${group}-autumn` : null,
    school_urn: random.pick(around.schools),
    lead_provider_approval_status: status,
    eligible_for_funding: eligible,
    funding_eligibility_status_code: eligible ? 'funded' : 'ineligible_establishment_type',
    funded_place: status === 'accepted' && cohort.identifier >= '2024a' && cohort.identifier !== '2026a' ? eligible : null,
    funding_choice: eligible ? null : random.pick(['school', 'trust', 'self']),
    headteacher_status: group === 'leadership' ? 'no' : null,
    works_in_school: true,
    ukprn: '10012345',
    teacher_catchment: 'england',
    teacher_catchment_country: 'United Kingdom of Great Britain and Northern Ireland',
    teacher_catchment_iso_country_code: 'GBR',
    targeted_delivery_funding_eligibility: random.chance(0.1),
    ...(status === 'rejected' && { reason_for_rejection: 'rejected_by_provider' }),
    ...(status === 'accepted' && trainingOf(random, acceptance, fresh)),
    created_at: instant(created),
    updated_at: instant(changedLately(random, created)),
  }
  const declarations =
    status === 'accepted' && !fresh ? declarationsOf(random, around, { id, lead_provider, cohort, group, eligible, acceptance }) : []
  return { created, record, declarations }
}

function trainingOf(random: Random, accepted: number, fresh: boolean) {
  const states: Dated[] = [{ state: 'active', created_at: instant(accepted) }]
  const luck = fresh ? 1 : random.next()
  if (luck < 0.06) states.push({ state: 'withdrawn', reason: 'personal-reason-other', created_at: instant(Math.min(accepted + 90 * day, end - day)) })
  else if (luck < 0.12) states.push({ state: 'deferred', reason: 'career-break', created_at: instant(Math.min(accepted + 60 * day, end - day)) })
  if (luck > 0.09 && luck < 0.12) states.push({ state: 'active', created_at: instant(Math.min(accepted + 150 * day, end - 1000)) })
  return { accepted_at: instant(accepted), training_status: states.at(-1)?.['state'], states }
}

type Trained = {
  id: string
  lead_provider: string
  cohort: (typeof cohorts)[number]
  group: CourseGroup
  eligible: boolean
  acceptance: number
}

/** One of each milestone that was reached by the end, and of one application in five a voided one before. */
function declarationsOf(random: Random, around: Surroundings, trained: Trained): Dated[] {
  const starts = Math.max(Date.parse(trained.cohort.trains), trained.acceptance)
  const reached = milestones[trained.group].filter((type) => starts + reachedAfter[type] + 20 * day < end)
  const declarations = reached.map((type) => declarationOf(random, around, trained, type, starts + reachedAfter[type]))
  const [first] = declarations
  if (first && random.chance(0.22)) declarations.unshift({ ...first, id: uuid(random), state: 'voided', items: [], outcomes: [] })
  return declarations
}

function declarationOf(random: Random, around: Surroundings, trained: Trained, type: DeclarationType, reached: number): Dated {
  const { lead_provider, cohort, eligible } = trained
  const made = reached + Math.floor(random.next() * 14 * day)
  const run = around.statements.get(`${lead_provider} ${cohort.identifier}`) ?? []
  const statement = run[Math.min(run.length - 1, Math.max(0, Math.floor((made - Date.parse(cohort.trains)) / (30.5 * day))))]
  const open = run.find(({ state }) => state === 'open')
  const paid = statement?.state === 'paid'
  const luck = random.next()
  const state = !eligible
    ? 'submitted'
    : !paid
      ? statement?.state === 'open'
        ? 'eligible'
        : 'payable'
      : luck < 0.97 || !open
        ? 'paid'
        : 'awaiting_clawback'
  const items =
    state === 'submitted'
      ? []
      : [
          { statement_id: statement?.id, state: state === 'awaiting_clawback' ? 'paid' : state, created_at: instant(made) },
          ...(state === 'awaiting_clawback' ? [{ statement_id: open?.id, state, created_at: instant(Math.min(made + 60 * day, end - 1000)) }] : []),
        ]
  return {
    kind: 'declaration',
    id: uuid(random),
    application_id: trained.id,
    lead_provider,
    cohort: cohort.identifier,
    declaration_type: type,
    declaration_date: instant(reached),
    state,
    ...(cohort.identifier >= '2024a' && { delivery_partner_id: random.pick(around.partners.get(lead_provider) ?? []) }),
    items,
    outcomes:
      type === 'completed'
        ? [
            {
              id: uuid(random),
              state: random.chance(0.9) ? 'passed' : 'failed',
              completion_date: instant(reached).slice(0, 10),
              created_at: instant(made),
            },
          ]
        : [],
    created_at: instant(made),
    updated_at: instant(changedLately(random, made)),
  }
}

/** When a record last changed: the nearer to the end, the more of them; some two in a hundred within the last day. */
function changedLately(random: Random, created: number): number {
  return Math.max(created, end - 1000 - Math.floor(2000 * day * random.next() ** 2))
}
