import { sql } from 'kysely'
import { utcDate } from '../../clock.ts'
import type { Transacting } from '../../db/connect.ts'
import type { StatementState } from '../../db/schema.ts'
import type { CohortFunding, ScheduleIdentifier } from '../../words.ts'

/** Where and when a situation comes to pass: a cohort as its provider finds it on its own day. */
export type Place = Readonly<{
  cohort: string
  startYear: number
  funding: CohortFunding
  /** the schedules of each group of courses, the earliest first */
  schedules: ReadonlyMap<string, readonly Schedule[]>
  /** the earliest leadership schedule */
  schedule: Schedule
  /** payment runs to which something can come, by their state */
  runs: Readonly<Record<StatementState, string | undefined>>
  /** the delivery partners that the provider may name */
  partners: readonly string[]
}>
type Schedule = Readonly<{ identifier: ScheduleIdentifier; applies_from: Temporal.PlainDate }>

/** What a situation needs and the sandbox has not, on this provider's day. */
export class NotPossible extends Error {}

const daysOfTraining = 10

/** The cohorts of a provider whose training began some days ago, the newest first. */
export async function findPlaces(trx: Transacting, providerId: number, now: Temporal.Instant): Promise<Place[]> {
  const today = utcDate(now)
  const cohorts = await trx.selectFrom('cohorts').selectAll().orderBy('start_year', 'desc').orderBy('suffix', 'desc').execute()
  const schedules = await trx
    .selectFrom('schedules')
    .innerJoin('course_groups', 'course_groups.id', 'schedules.course_group_id')
    .select(['cohort_id', 'identifier', 'applies_from', 'course_groups.name as group'])
    .orderBy('applies_from')
    .execute()
  const runs = await trx
    .selectFrom('statements')
    .select(['cohort_id', 'public_id', 'state'])
    .where('lead_provider_id', '=', providerId)
    .where('output_fee', '=', true)
    .where(({ eb, or, and }) =>
      or([
        and([eb('state', '=', 'open'), eb('deadline_date', '>=', today)]),
        and([eb('state', '=', 'payable'), eb('marked_as_paid_at', 'is', null)]),
        // one that was paid here keeps its money for ever, and takes nothing more
        and([eb('state', '=', 'paid'), eb('totals', 'is', null)]),
      ]),
    )
    .orderBy(sql`case when state = 'open' then deadline_date - ${today}::date else ${today}::date - deadline_date end`)
    .execute()
  const partners = await trx
    .selectFrom('delivery_partnerships')
    .innerJoin('delivery_partners', 'delivery_partners.id', 'delivery_partner_id')
    .select(['cohort_id', 'public_id'])
    .where('lead_provider_id', '=', providerId)
    .orderBy('delivery_partners.id')
    .execute()
  return cohorts.flatMap(({ id, identifier, start_year, funding }): Place[] => {
    const own = Map.groupBy(
      schedules.filter(({ cohort_id }) => cohort_id === id),
      ({ group }) => group,
    )
    const [schedule] = own.get('leadership') ?? []
    if (!schedule || Temporal.PlainDate.compare(schedule.applies_from.add({ days: daysOfTraining }), today) > 0) return []
    const run = (state: StatementState) => runs.find((each) => each.cohort_id === id && each.state === state)?.public_id
    return [
      {
        cohort: identifier,
        startYear: start_year,
        funding,
        schedules: own,
        schedule,
        runs: { open: run('open'), payable: run('payable'), paid: run('paid') },
        partners: partners.filter(({ cohort_id }) => cohort_id === id).map(({ public_id }) => public_id),
      },
    ]
  })
}
