import { sql } from 'kysely'
import type { Kind } from './dataset.ts'
import { itemChecks } from './item-checks.ts'
import {
  byId,
  type Check,
  cohort,
  heldIn,
  holding,
  into,
  intoById,
  noSuchRecord,
  provider,
  providers,
  type Rows,
  type Step,
  same,
  stamps,
  unknownProviderIn,
} from './step.ts'

const partners: Rows = { table: 'delivery_partners', row: { public_id: sql`record.id`, ...same('record', 'name'), ...stamps } }
const partnerships: Rows = {
  table: 'delivery_partnerships',
  each: 'partnerships',
  joins: sql`join ${providers} as there on there.name = lower(held.lead_provider) join cohorts on cohorts.identifier = held.cohort`,
  row: { delivery_partner_id: sql`added.id`, lead_provider_id: sql`there.id`, cohort_id: sql`cohorts.id` },
}

const statements: Rows = {
  table: 'statements',
  row: {
    public_id: sql`record.id`,
    output_fee: sql`coalesce(record.output_fee, true)`,
    state: sql`coalesce(record.state, 'open')`,
    ...same('record', 'lead_provider_id', 'cohort_id', 'year', 'month', 'deadline_date', 'payment_date', 'reconcile_amount', 'marked_as_paid_at'),
    ...stamps,
  },
}
const termsOfContract = {
  ...same('held', 'recruitment_target', 'per_participant', 'number_of_payment_periods', 'output_payment_percentage', 'service_fee_percentage'),
  ...same('held', 'service_fee_installments', 'monthly_service_fee', 'targeted_delivery_funding_per_participant'),
  special_course: sql`coalesce(held.special_course, false)`,
}
const templates: Rows = { table: 'contract_templates', each: 'contracts', row: termsOfContract }
const terms = sql.join(Object.values(termsOfContract))
const namesOfTerms = sql.join(Object.keys(termsOfContract).map((name) => sql.ref(name)))
const sameTemplate = sql`(${sql.join(Object.keys(termsOfContract).map((name) => sql.ref(`template.${name}`)))}) is not distinct from (${terms})`
const contracts: Rows = {
  table: 'contracts',
  each: 'contracts',
  joins: sql`join courses on courses.identifier = held.course_identifier`,
  row: {
    statement_id: sql`added.id`,
    course_id: sql`courses.id`,
    contract_template_id: sql`(select min(template.id) from contract_templates as template where ${sameTemplate})`,
  },
}
const adjustments: Rows = {
  table: 'adjustments',
  each: 'adjustments',
  row: { statement_id: sql`added.id`, ...same('held', 'description', 'amount') },
}

const contractsOfOthers: Check[] = [
  {
    fails: sql`record.contracts_of is not null and not exists (select from records as other where other.id = record.contracts_of)
      and not exists (select from statements as there where there.public_id = record.contracts_of)`,
    at: 'contracts_of',
    problem: 'refers to a statement that does not exist',
  },
  {
    fails: sql`exists (select from records as other where other.id = record.contracts_of and other.contracts_of is not null)`,
    at: 'contracts_of',
    problem: 'refers to a statement whose own contracts are those of another',
  },
  {
    fails: sql`record.contracts_of is not null and record.contracts <> '[]'`,
    at: 'contracts',
    problem: 'cannot be given where contracts_of is',
  },
]

const heldMilestones = holding('statement', 'milestones')
const ofSchedule = sql`schedule.cohort_id = record.cohort_id and schedule.identifier = held.schedule_identifier`
const milestoneChecks: Check[] = [
  {
    each: 'milestones',
    fails: sql`record.output_fee is false`,
    at: 'schedule_identifier',
    problem: 'is expected on a statement that is no payment run',
  },
  {
    each: 'milestones',
    fails: sql`not exists (select from schedules as schedule where ${ofSchedule})`,
    at: 'schedule_identifier',
    problem: noSuchRecord,
  },
  {
    each: 'milestones',
    fails: sql`exists (select from schedules as schedule where ${ofSchedule} and held.declaration_type <> all (schedule.allowed_declaration_types))`,
    at: 'declaration_type',
    problem: 'is not allowed by the schedule',
  },
  {
    each: 'milestones',
    fails: sql`exists (select from (select * from ${heldIn('statement', 'milestones')}) as earlier where earlier.ordinality < held.ordinality
      and (earlier.schedule_identifier, earlier.declaration_type) = (held.schedule_identifier, held.declaration_type))`,
    at: 'declaration_type',
    problem: 'repeats an earlier milestone',
  },
  {
    each: 'milestones',
    fails: sql`exists (select from (
        select record.cohort_id, held.schedule_identifier, held.declaration_type, min(record.year * 12 + record.month) as month
        from records as record ${heldMilestones} group by 1, 2, 3) as first
      where (first.cohort_id, first.schedule_identifier, first.declaration_type) = (record.cohort_id, held.schedule_identifier, held.declaration_type)
        and first.month <> record.year * 12 + record.month)
      or exists (select from schedules as schedule join milestones on milestones.schedule_id = schedule.id
        join milestone_statements on milestone_statements.milestone_id = milestones.id
        join statements as there on there.id = milestone_statements.statement_id
        where ${ofSchedule} and milestones.declaration_type = held.declaration_type and (there.year, there.month) <> (record.year, record.month))`,
    at: 'declaration_type',
    problem: 'is expected in another month by another statement of the cohort',
  },
]

const declarations: Rows = {
  table: 'declarations',
  row: {
    public_id: sql`record.id`,
    application_id: sql`record.application_row`,
    delivery_partner_id: sql`record.partner`,
    secondary_delivery_partner_id: sql`record.secondary_partner`,
    ...same('record', 'lead_provider_id', 'cohort_id', 'declaration_type', 'declaration_date', 'state', 'state_reason'),
    ...stamps,
  },
}
const items: Rows = {
  table: 'statement_items',
  each: 'items',
  joins: sql`join statements on statements.public_id = held.statement_id`,
  row: {
    statement_id: sql`statements.id`,
    declaration_id: sql`added.id`,
    state: sql`held.state`,
    created_at: sql`coalesce(held.created_at, now())`,
    updated_at: sql`coalesce(held.created_at, now())`,
  },
}
const outcomes: Rows = {
  table: 'outcomes',
  each: 'outcomes',
  row: {
    public_id: sql`held.id`,
    declaration_id: sql`added.id`,
    ...same('held', 'state', 'completion_date', 'created_at'),
    updated_at: sql`coalesce(held.updated_at, held.created_at)`,
  },
}

export const financeSteps = {
  delivery_partner: {
    table: 'delivery_partners',
    known: sql`there.public_id = record.id`,
    rows: [partners],
    checks: [
      unknownProviderIn('partnerships'),
      {
        each: 'partnerships',
        fails: sql`not exists (select from cohorts where cohorts.identifier = held.cohort)`,
        at: 'cohort',
        problem: noSuchRecord,
      },
    ],
    insert: [
      intoById('delivery_partner', partners),
      // a partnership may be named twice
      into('delivery_partner', partnerships, {
        order: sql`record.number, held.ordinality`,
        known: sql`lead_provider_id, cohort_id, delivery_partner_id`,
      }),
    ],
  },
  statement: {
    table: 'statements',
    known: sql`there.public_id = record.id`,
    indexes: ['id'],
    namesAnother: 'contracts_of',
    references: [provider, cohort],
    rows: [statements, contracts, templates],
    checks: [
      {
        fails: sql`record.marked_as_paid_at is not null and record.state is distinct from 'paid'`,
        at: 'marked_as_paid_at',
        problem: 'is set on a statement that is not paid: leave it out and authorise the payment here, or give the statement as paid',
      },
      ...contractsOfOthers,
      ...milestoneChecks,
    ],
    insert: [
      intoById('statement', statements),
      sql`insert into contract_templates (${namesOfTerms})
        select distinct ${terms} from records as record join added on added.public_id = record.id ${holding('statement', 'contracts')}
        where not exists (select from contract_templates as template where ${sameTemplate})`,
      into('statement', contracts, { order: sql`record.number, held.ordinality` }),
      sql`insert into contracts (statement_id, course_id, contract_template_id)
        select added.id, contracts.course_id, contracts.contract_template_id from records as record join added on added.public_id = record.id
        join statements as other on other.public_id = record.contracts_of join contracts on contracts.statement_id = other.id
        order by record.number, contracts.id`,
      into('statement', adjustments, { order: sql`record.number, held.ordinality` }),
      sql`insert into milestones (schedule_id, declaration_type)
        select distinct schedule.id, held.declaration_type from records as record join added on added.public_id = record.id ${heldMilestones}
        join schedules as schedule on ${ofSchedule} on conflict (schedule_id, declaration_type) do nothing`,
      sql`insert into milestone_statements (milestone_id, statement_id)
        select milestones.id, added.id from records as record join added on added.public_id = record.id ${heldMilestones}
        join schedules as schedule on ${ofSchedule}
        join milestones on milestones.schedule_id = schedule.id and milestones.declaration_type = held.declaration_type
        order by record.number, held.ordinality`,
    ],
  },
  declaration: {
    table: 'declarations',
    known: sql`there.public_id = record.id`,
    indexes: ['id'],
    namesAnother: 'superseded_by_id',
    references: [
      byId('application_row', 'applications', 'application_id'),
      provider,
      cohort,
      byId('partner', 'delivery_partners', 'delivery_partner_id'),
      byId('secondary_partner', 'delivery_partners', 'secondary_delivery_partner_id'),
    ],
    // a statement that a declaration stands on must not close meanwhile
    lock: sql`select from statements where public_id in (select held.statement_id from records as record ${holding('declaration', 'items')})
      order by id for share`,
    rows: [declarations, items, outcomes],
    checks: [
      {
        fails: sql`record.superseded_by_id is not null and not exists (select from records as other where other.id = record.superseded_by_id)
          and not exists (select from declarations as there where there.public_id = record.superseded_by_id)`,
        at: 'superseded_by_id',
        problem: 'refers to a declaration that does not exist',
      },
      { fails: sql`record.superseded_by_id = record.id`, at: 'superseded_by_id', problem: 'is the id of the declaration itself' },
      ...itemChecks,
      {
        each: 'outcomes',
        fails: sql`held.id in (select held.id from records as record ${holding('declaration', 'outcomes')} group by 1 having count(*) > 1)`,
        at: 'id',
        problem: 'is the id of another outcome in the file too',
      },
    ],
    insert: [
      intoById('declaration', declarations),
      sql`update declarations set superseded_by_id = original.id from records as record join added on added.public_id = record.id
        join declarations as original on original.public_id = record.superseded_by_id where declarations.id = added.id`,
      into('declaration', items, { order: sql`coalesce(held.created_at, now()), record.number, held.ordinality` }),
      into('declaration', outcomes, { order: sql`record.number, held.created_at, held.ordinality` }),
    ],
  },
} satisfies Partial<Record<Kind, Step>>
