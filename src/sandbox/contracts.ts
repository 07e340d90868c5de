import { sql } from 'kysely'
import type { Transacting } from '../db/connect.ts'
import { referenceFacts } from '../reference-files.ts'
import type { Made, Store } from './store.ts'

const agreed = Temporal.Instant.from('2021-02-01T10:00:00Z')

/** What was agreed for the courses of each group, by the group's name; and for the course that is paid for by itself. */
export type Templates = Record<string, Made<'contract_templates'>>
const standalone = 'standalone'

export async function makeTemplates(store: Store): Promise<Templates> {
  const { groups } = await referenceFacts()
  const specialist = groups.find(({ name }) => name === 'specialist')
  const all = specialist ? [...groups, { ...specialist, name: standalone }] : groups
  return Object.fromEntries(
    all.map(({ name, contract_defaults }) => [
      name,
      store.add('contract_templates', {
        public_id: store.random.uuid(),
        ...contract_defaults,
        recruitment_target: 72,
        per_participant: 800,
        service_fee_installments: 19,
        monthly_service_fee: 0,
        targeted_delivery_funding_per_participant: 100,
        special_course: name === standalone,
        created_at: agreed,
        updated_at: agreed,
      }),
    ]),
  )
}

/** A contract for each statement and course, save for courses that came later than the statement's cohort. */
export async function writeContracts(trx: Transacting, templates: Templates): Promise<void> {
  const ids = Object.fromEntries(Object.entries(templates).map(([name, { id }]) => [name, id]))
  await sql`
    insert into contracts (statement_id, course_id, contract_template_id, created_at, updated_at)
    select statements.id, courses.id, (${JSON.stringify(ids)}::jsonb ->> case
        when courses.identifier = 'npq-leading-primary-mathematics' and cohorts.start_year = 2023 then ${standalone}
        else course_groups.name end)::bigint, statements.created_at, statements.created_at
    from statements
    join cohorts on cohorts.id = statements.cohort_id
    cross join courses
    join course_groups on course_groups.id = courses.course_group_id
    where not (courses.identifier = 'npq-leading-primary-mathematics' and cohorts.start_year < 2023)
      and not (courses.identifier = 'npq-senco' and cohorts.start_year < 2024)
    order by statements.id, courses.position`.execute(trx)
}

/** The months in which declarations of a schedule are expected, where known, linked to every provider's payment run of that month. */
export async function writeMilestones(trx: Transacting): Promise<void> {
  const { schedules } = await referenceFacts()
  const expected = schedules.flatMap(({ cohort, identifier, milestones }) =>
    milestones.flatMap(({ declaration_type, seed_statement_month: month }) => (month ? [{ cohort, identifier, declaration_type, month }] : [])),
  )
  await sql`
    with expected as (
      select schedules.id as schedule_id, schedules.cohort_id, declaration_type, month
      from json_to_recordset(${JSON.stringify(expected)}::json) as line (cohort text, identifier text, declaration_type text, month text)
      join cohorts on cohorts.identifier = line.cohort
      join schedules on schedules.cohort_id = cohorts.id and schedules.identifier = line.identifier),
    made as (
      insert into milestones (schedule_id, declaration_type, created_at, updated_at)
      select schedule_id, declaration_type, ${agreed}, ${agreed} from expected order by schedule_id, declaration_type
      returning id, schedule_id, declaration_type)
    insert into milestone_statements (milestone_id, statement_id, created_at, updated_at)
    select made.id, statements.id, ${agreed}, ${agreed}
    from made
    join expected using (schedule_id, declaration_type)
    join statements on statements.cohort_id = expected.cohort_id and statements.output_fee
      and to_char(make_date(statements.year, statements.month, 1), 'YYYY-MM') = expected.month
    order by made.id, statements.id`.execute(trx)
}
