import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { type CourseIdentifier, type DeclarationType, declarationTypes } from '../../words.ts'
import { previouslyFunded } from '../applications/records.ts'
import { billableStates } from '../declarations/states.ts'
import { type Contract, type Counts, noCounts, type PerType } from './contract.ts'
import { Decimal } from './money.ts'
import type { PaymentFacts } from './payment.ts'
import type { ProgressFacts } from './progress.ts'
import { usesTargetedDeliveryFunding } from './targeted-delivery-funding.ts'
import type { StatementFacts } from './totals.ts'

type Side = 'billable' | 'refundable' | 'notEligible'
type StatementKeys = Pick<RowOf<'statements'>, 'id' | 'lead_provider_id' | 'cohort_id'>

/** A statement with the money that was kept when it was paid. Throws where there is no such statement. */
export function keptMoney(db: Database, statementId: number) {
  return db
    .selectFrom('statements')
    .select(['id', 'lead_provider_id', 'cohort_id', 'state', 'totals'])
    .where('id', '=', statementId)
    .executeTakeFirstOrThrow()
}

/** Gathers what a statement's figures need, with a fixed number of queries however many items it holds. Throws where there is no such statement. */
export async function statementFacts(db: Database, statementId: number): Promise<StatementFacts> {
  const statement = await db
    .selectFrom('statements')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select(['statements.year', 'statements.month', 'statements.reconcile_amount', 'cohorts.start_year'])
    .where('statements.id', '=', statementId)
    .executeTakeFirstOrThrow()
  const counts = await countsByCourse(db, statementId)
  const contracts = await contractsOf(db, statementId, counts)
  const adjustments = await db
    .selectFrom('adjustments')
    .select(['description', 'amount'])
    .where('statement_id', '=', statementId)
    .orderBy('id')
    .execute()
  const paidFor = new Set<string>(contracts.map(({ course }) => course.identifier))
  return {
    usesTargetedDeliveryFunding: usesTargetedDeliveryFunding(statement, statement),
    reconcileAmount: statement.reconcile_amount === null ? null : new Decimal(statement.reconcile_amount),
    contracts,
    adjustments: adjustments.map(({ description, amount }) => ({ description, amount: new Decimal(amount) })),
    voided: await voidedOn(db, statementId),
    coursesWithoutContract: [...counts.keys()].filter((course) => !paidFor.has(course)).sort(),
  }
}

/** Distinct people by course, type and side; declarations of one person, course and type on a statement count once (05 section 7.1). */
async function countsByCourse(db: Database, statementId: number): Promise<Map<string, Counts>> {
  const { rows } = await sql<{ course: string; type: DeclarationType; side: Side; people: number; targeted: number }>`
    select courses.identifier as course, declarations.declaration_type as type, side,
      count(distinct applications.user_id) as people,
      count(distinct applications.user_id) filter (
        where declarations.declaration_type = 'started'
          and applications.targeted_delivery_funding_eligibility and applications.eligible_for_funding) as targeted
    from statement_items
    join declarations on declarations.id = statement_items.declaration_id
    join applications on applications.id = declarations.application_id
    join courses on courses.id = applications.course_id
    cross join lateral (select case
      when statement_items.state in ('eligible', 'payable', 'paid') then 'billable'
      when statement_items.state in ('awaiting_clawback', 'clawed_back') then 'refundable'
      else 'notEligible' end as side) sides
    where statement_items.statement_id = ${statementId}
    group by 1, 2, 3`.execute(db)
  const byCourse = new Map<string, Counts>()
  for (const { course, type, side, people, targeted } of rows) {
    const counts = byCourse.get(course) ?? noCounts()
    byCourse.set(course, counts)
    if (side === 'notEligible') counts.notEligible += people
    else counts[side][type] = people
    if (side === 'billable') counts.targeted += targeted
    if (side === 'refundable') counts.targetedRefunds += targeted
  }
  return byCourse
}

async function contractsOf(db: Database, statementId: number, counts: Map<string, Counts>): Promise<Contract[]> {
  const rows = await db
    .selectFrom('contracts')
    .innerJoin('courses', 'courses.id', 'contracts.course_id')
    .innerJoin('contract_templates as terms', 'terms.id', 'contracts.contract_template_id')
    .selectAll('terms')
    .select(['contracts.id as contract_id', 'courses.identifier', 'courses.name'])
    .where('contracts.statement_id', '=', statementId)
    .execute()
  return rows.map(({ contract_id, identifier, name, ...terms }) => ({
    id: contract_id,
    course: { identifier, name },
    terms: {
      recruitment_target: terms.recruitment_target,
      per_participant: new Decimal(terms.per_participant),
      number_of_payment_periods: terms.number_of_payment_periods ?? 0,
      output_payment_percentage: terms.output_payment_percentage,
      service_fee_percentage: terms.service_fee_percentage,
      service_fee_installments: terms.service_fee_installments,
      monthly_service_fee: terms.monthly_service_fee === null ? null : new Decimal(terms.monthly_service_fee),
      targeted_delivery_funding_per_participant: new Decimal(terms.targeted_delivery_funding_per_participant ?? 0),
      special_course: terms.special_course,
    },
    counts: counts.get(identifier) ?? noCounts(),
  }))
}

async function voidedOn(db: Database, statementId: number): Promise<number> {
  const { count } = await db
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('statement_items.statement_id', '=', statementId)
    .where('declarations.state', '=', 'voided')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What decides whether a declaration is paid, and with how much. */
export async function paymentFacts(db: Database, declarationId: string): Promise<PaymentFacts> {
  const found = await db
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .leftJoin('statement_items', (join) =>
      join.onRef('statement_items.declaration_id', '=', 'declarations.id').on('statement_items.state', 'in', billableStates),
    )
    .leftJoin('statements', 'statements.id', 'statement_items.statement_id')
    .leftJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select(['declarations.state', 'declarations.declaration_type', 'applications.course_id', 'applications.funded_place'])
    .select(['applications.eligible_for_funding', 'applications.targeted_delivery_funding_eligibility', previouslyFunded.as('previously_funded')])
    .select(['applications.funding_eligibility_status_code'])
    .select(['statements.id as statement', 'statements.public_id', 'statements.year', 'statements.month', 'cohorts.start_year'])
    .select(['statements.deadline_date', 'statements.payment_date'])
    .where('declarations.public_id', '=', declarationId)
    .executeTakeFirstOrThrow()
  const { statement: id, public_id, year, month, start_year, deadline_date, payment_date, course_id, ...declaration } = found
  if (id === null || public_id === null || year === null || month === null || start_year === null) {
    return { ...declaration, statement: undefined, contract: undefined }
  }
  const { identifier } = await db.selectFrom('courses').select('identifier').where('id', '=', course_id).executeTakeFirstOrThrow()
  const contract = (await contractsOf(db, id, new Map())).find(({ course }) => course.identifier === identifier)
  return { ...declaration, statement: { public_id, year, month, start_year, deadline_date, payment_date }, contract }
}

/** Gathers what a statement waits for and what came, with three queries however large it is (05 section 9). */
export async function progressFacts(db: Database, statement: StatementKeys): Promise<ProgressFacts> {
  const types = await milestoneTypes(db, statement.id)
  const expected = await countExpected(db, statement, types)
  return {
    types,
    expected: perType(expected.map(({ type, applications }) => [type, applications])),
    received: await countReceived(db, statement),
    expectedByCourse: Object.fromEntries(expected.flatMap(({ course, applications }) => (course === null ? [] : [[course, applications]]))),
  }
}

async function milestoneTypes(db: Database, statementId: number): Promise<DeclarationType[]> {
  const rows = await db
    .selectFrom('milestone_statements')
    .innerJoin('milestones', 'milestones.id', 'milestone_statements.milestone_id')
    .select('milestones.declaration_type')
    .where('milestone_statements.statement_id', '=', statementId)
    .execute()
  return declarationTypes.filter((type) => rows.some(({ declaration_type }) => declaration_type === type))
}

/** Declarations on the statement, each counted, also of types that have no milestone there. */
async function countReceived(db: Database, { id, lead_provider_id, cohort_id }: StatementKeys) {
  const rows = await db
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .where('statement_items.statement_id', '=', id)
    .where('declarations.state', 'in', ['eligible', 'payable', 'paid'])
    .where('declarations.cohort_id', '=', cohort_id)
    .where('declarations.lead_provider_id', '=', lead_provider_id)
    .groupBy('declarations.declaration_type')
    .select(({ fn }) => ['declarations.declaration_type', fn.count<number>('declarations.id').distinct().as('declarations')])
    .execute()
  return perType(rows.map((row) => [row.declaration_type, row.declarations]))
}

/** Applications from which a declaration is expected: once by type, and once by course over all types. */
async function countExpected(db: Database, { lead_provider_id, cohort_id }: Omit<StatementKeys, 'id'>, types: readonly DeclarationType[]) {
  const { rows } = await sql<{ type: DeclarationType | null; course: CourseIdentifier | null; applications: number }>`
    with candidates as (
      select id, course_id, schedule_id, training_status from applications
      where lead_provider_id = ${lead_provider_id} and cohort_id = ${cohort_id} and lead_provider_approval_status = 'accepted'),
    steps (schedule_id, type, earlier) as (
      select schedule_id, declaration_type, case
        when declaration_type = 'retained-1' then 'started'
        when declaration_type = 'retained-2' then 'retained-1'
        when exists (select from milestones second where second.schedule_id = milestones.schedule_id and second.declaration_type = 'retained-2')
          then 'retained-2'
        else 'retained-1' end
      from milestones where declaration_type <> 'started'),
    expected as (
      select 'started' as type, id, course_id from candidates
      union all
      select steps.type, candidates.id, candidates.course_id
      from candidates join steps on steps.schedule_id = candidates.schedule_id
      where candidates.training_status = 'active' and exists (
        select from declarations where declarations.application_id = candidates.id and declarations.declaration_type = steps.earlier))
    select expected.type, courses.identifier as course, count(distinct expected.id) as applications
    from expected join courses on courses.id = expected.course_id
    where expected.type = any(${types}::text[])
    group by grouping sets ((expected.type), (courses.identifier))`.execute(db)
  return rows
}

function perType(counts: readonly (readonly [DeclarationType | null, number])[]): PerType {
  return { ...noCounts().billable, ...Object.fromEntries(counts.filter(([type]) => type !== null)) }
}
