import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { DeclarationType } from '../../words.ts'
import { usesTargetedDeliveryFunding } from '../statements/statement.ts'
import { type Contract, type Counts, noCounts } from './contract.ts'
import { Decimal } from './money.ts'
import type { StatementFacts } from './totals.ts'

type Side = 'billable' | 'refundable' | 'notEligible'

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
