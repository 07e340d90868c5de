import type { Kind } from './dataset.ts'
import type { Check } from './faults.ts'
import { itemChecks } from './item-checks.ts'
import { byId, cohort, held, idTwice, inOrder, noSuchRecord, provider, type Step, stamps, taken, twice, unknownProviderIn } from './step.ts'

/** Milestones `s` that records hold, with their schedules `c`. */
const milestones = `resolved r cross join lateral jsonb_array_elements(r.milestones) with ordinality as held(s, n)
  join schedules c on c.cohort_id = r.cohort_id and c.identifier = s ->> 'schedule_identifier'`
const ofSchedule = "c.cohort_id = r.cohort_id and c.identifier = s ->> 'schedule_identifier'"

const milestoneChecks: Check[] = [
  { each: 'milestones', fails: 'r.output_fee is false', at: 'schedule_identifier', problem: 'is expected on a statement that is no payment run' },
  {
    each: 'milestones',
    fails: `not exists (select from schedules c where ${ofSchedule})`,
    at: 'schedule_identifier',
    problem: noSuchRecord,
  },
  {
    each: 'milestones',
    fails: `exists (select from schedules c where ${ofSchedule} and s ->> 'declaration_type' <> all (c.allowed_declaration_types))`,
    at: 'declaration_type',
    problem: 'is not allowed by the schedule',
  },
  {
    each: 'milestones',
    fails: 'exists (select from jsonb_array_elements(r.milestones) with ordinality as earlier(s, n) where earlier.n < held.n and earlier.s = held.s)',
    at: 'declaration_type',
    problem: 'repeats an earlier milestone',
  },
  {
    each: 'milestones',
    fails: `exists (select from (select c.cohort_id, c.identifier, s ->> 'declaration_type' as type, min(r.year * 12 + r.month) as month from ${milestones}
        group by 1, 2, 3) as c where ${ofSchedule} and c.type = s ->> 'declaration_type' and c.month <> r.year * 12 + r.month)
      or exists (select from schedules c join milestones m on m.schedule_id = c.id join milestone_statements l on l.milestone_id = m.id
        join statements t on t.id = l.statement_id where ${ofSchedule} and m.declaration_type = s ->> 'declaration_type'
          and (t.year, t.month) <> (r.year, r.month))`,
    at: 'declaration_type',
    problem: 'is expected in another month by another statement of the cohort',
  },
]

export const financeSteps = {
  delivery_partner: {
    known: 'delivery_partners t where t.public_id = r.id',
    indexes: ['id', 'lower(name)'],
    references: [],
    checks: [
      idTwice,
      taken('delivery_partners', 'lower(t.name) = lower(r.name)', 'name', 'is the name of another delivery partner'),
      twice('lower(@.name)', 'name', 'is the name of an earlier record too'),
      unknownProviderIn('partnerships'),
      {
        each: 'partnerships',
        fails: "not exists (select from cohorts c where c.identifier = s ->> 'cohort')",
        at: 'cohort',
        problem: noSuchRecord,
      },
    ],
    insert: [
      `insert into delivery_partners (public_id, name, created_at, updated_at) select id, name, ${stamps} from resolved r ${inOrder} on conflict (public_id) do nothing returning id, public_id`,
      `insert into delivery_partnerships (delivery_partner_id, lead_provider_id, cohort_id)
       select d.id, p.id, c.id from resolved r join inserted d on d.public_id = r.id
         ${held('partnerships', 'lead_provider text, cohort text')}
         join provider_names p on p.name = lower(s.lead_provider) join cohorts c on c.identifier = s.cohort
       order by r.number, s.ordinality on conflict do nothing`,
    ],
  },
  statement: {
    known: 'statements t where t.public_id = r.id',
    indexes: ['id', 'lead_provider_id'],
    references: [provider, cohort],
    checks: [
      idTwice,
      twice('@.lead_provider_id, @.cohort_id, @.year, @.month', 'month', 'repeats the provider, cohort and month of an earlier record'),
      {
        fails: "r.marked_as_paid_at is not null and r.state is distinct from 'paid'",
        at: 'marked_as_paid_at',
        problem: 'is set on a statement that is not paid: leave it out and authorise the payment here, or give the statement as paid',
      },
      { fails: 'r.payment_date < r.deadline_date', at: 'payment_date', problem: 'must not be before deadline_date' },
      taken(
        'statements',
        't.lead_provider_id = r.lead_provider_id and t.cohort_id = r.cohort_id and t.year = r.year and t.month = r.month',
        'month',
        'is the month of another statement of the provider and cohort',
      ),
      {
        each: 'contracts',
        fails: `exists (select from jsonb_array_elements(r.contracts) with ordinality as earlier(s, n)
          where earlier.n < held.n and earlier.s ->> 'course_identifier' = held.s ->> 'course_identifier')`,
        at: 'course_identifier',
        problem: 'is the course of an earlier contract too',
      },
      {
        each: 'contracts',
        fails: "(s -> 'output_payment_percentage')::integer > 0 and (s -> 'number_of_payment_periods')::integer = 0",
        at: 'number_of_payment_periods',
        problem: 'must be above 0 where a share of the price is paid through declarations',
      },
      {
        each: 'contracts',
        fails:
          "s ->> 'monthly_service_fee' is null and (s -> 'service_fee_percentage')::integer > 0 and (s -> 'service_fee_installments')::integer = 0",
        at: 'service_fee_installments',
        problem: 'must be above 0 where the service fee is computed',
      },
      ...milestoneChecks,
    ],
    insert: [
      `insert into statements (public_id, lead_provider_id, cohort_id, year, month, deadline_date, payment_date, output_fee, reconcile_amount, state,
         marked_as_paid_at, created_at, updated_at)
       select id, lead_provider_id, cohort_id, year, month, deadline_date, payment_date, coalesce(output_fee, true), reconcile_amount,
         coalesce(state, 'open'), marked_as_paid_at, ${stamps}
       from resolved r ${inOrder} on conflict (public_id) do nothing returning id, public_id`,
      ...contracts(),
      `insert into adjustments (statement_id, description, amount)
       select i.id, s.description, s.amount from resolved r join inserted i on i.public_id = r.id
         ${held('adjustments', 'description text, amount numeric')}
       order by r.number, s.ordinality`,
      `insert into milestones (schedule_id, declaration_type) select distinct c.id, s ->> 'declaration_type' from ${milestones}
         join inserted i on i.public_id = r.id on conflict (schedule_id, declaration_type) do nothing`,
      `insert into milestone_statements (milestone_id, statement_id) select m.id, i.id from ${milestones} join inserted i on i.public_id = r.id
         join milestones m on m.schedule_id = c.id and m.declaration_type = s ->> 'declaration_type' order by r.number, held.n`,
    ],
  },
  declaration: {
    known: 'declarations t where t.public_id = r.id',
    indexes: ['id', 'application_id'],
    namesAnother: 'superseded_by_id',
    references: [
      byId('application_row', 'applications', 'application_id'),
      provider,
      cohort,
      byId('partner', 'delivery_partners', 'delivery_partner_id'),
      byId('secondary_partner', 'delivery_partners', 'secondary_delivery_partner_id'),
    ],
    // a statement that a declaration stands on must not close meanwhile
    lock: `select from statements where public_id in (select (s ->> 'statement_id')::uuid from resolved r cross join lateral jsonb_array_elements(r.items) as i(s))
      order by id for share`,
    checks: [
      idTwice,
      {
        fails: `r.superseded_by_id is not null and not exists (select from resolved o where o.id = r.superseded_by_id)
          and not exists (select from declarations t where t.public_id = r.superseded_by_id)`,
        at: 'superseded_by_id',
        problem: 'refers to a declaration that does not exist',
      },
      {
        fails: `r.state in ('submitted', 'eligible', 'payable', 'paid') and (exists (select from resolved o where o.application_id = r.application_id
            and o.declaration_type = r.declaration_type and o.number < r.number and o.state in ('submitted', 'eligible', 'payable', 'paid'))
          or exists (select from declarations t where t.application_id = r.application_row and t.declaration_type = r.declaration_type
            and t.state in ('submitted', 'eligible', 'payable', 'paid')))`,
        at: 'state',
        problem: 'makes a second live declaration of its type on the application',
      },
      { fails: 'r.superseded_by_id = r.id', at: 'superseded_by_id', problem: 'is the id of the declaration itself' },
      {
        fails: 'r.secondary_delivery_partner_id is not null and r.delivery_partner_id is null',
        at: 'secondary_delivery_partner_id',
        problem: 'needs a delivery_partner_id too',
      },
      {
        fails: 'r.secondary_delivery_partner_id = r.delivery_partner_id',
        at: 'secondary_delivery_partner_id',
        problem: 'must differ from delivery_partner_id',
      },
      ...itemChecks,
      {
        each: 'outcomes',
        fails: `(s ->> 'id')::uuid in (select (o.s ->> 'id')::uuid from resolved r cross join lateral jsonb_array_elements(r.outcomes) as o(s)
          group by 1 having count(*) > 1)`,
        at: 'id',
        problem: 'is the id of another outcome in the file too',
      },
      {
        each: 'outcomes',
        fails: "exists (select from outcomes t where t.public_id = (s ->> 'id')::uuid)",
        at: 'id',
        problem: 'is the id of an outcome of another declaration',
      },
    ],
    insert: [
      `insert into declarations (public_id, application_id, lead_provider_id, cohort_id, declaration_type, declaration_date, state, state_reason,
         delivery_partner_id, secondary_delivery_partner_id, created_at, updated_at)
       select id, application_row, lead_provider_id, cohort_id, declaration_type, declaration_date, state, state_reason, partner, secondary_partner, ${stamps}
       from resolved r ${inOrder} on conflict (public_id) do nothing returning id, public_id`,
      `update declarations d set superseded_by_id = original.id from resolved r join inserted i on i.public_id = r.id
         join declarations original on original.public_id = r.superseded_by_id where d.id = i.id`,
      `insert into statement_items (statement_id, declaration_id, state, created_at, updated_at)
       select t.id, i.id, s.state, coalesce(s.created_at, now()), coalesce(s.created_at, now()) from resolved r join inserted i on i.public_id = r.id
         ${held('items', 'statement_id uuid, state text, created_at timestamptz')}
         join statements t on t.public_id = s.statement_id
       order by coalesce(s.created_at, now()), r.number, s.ordinality`,
      `insert into outcomes (public_id, declaration_id, state, completion_date, created_at, updated_at)
       select s.id, i.id, s.state, s.completion_date, s.created_at, coalesce(s.updated_at, s.created_at) from resolved r join inserted i on i.public_id = r.id
         ${held('outcomes', 'id uuid, state text, completion_date date, created_at timestamptz, updated_at timestamptz')}
       order by r.number, s.created_at, s.ordinality`,
    ],
  },
} satisfies Partial<Record<Kind, Step>>

function contracts(): string[] {
  const terms =
    'recruitment_target, per_participant, number_of_payment_periods, output_payment_percentage, service_fee_percentage, service_fee_installments, monthly_service_fee, targeted_delivery_funding_per_participant, special_course'
  const from = `resolved r join inserted i on i.public_id = r.id
     ${held(
       'contracts',
       `course_identifier text, recruitment_target integer, per_participant numeric, number_of_payment_periods integer,
       output_payment_percentage integer, service_fee_percentage integer, service_fee_installments integer, monthly_service_fee numeric,
       targeted_delivery_funding_per_participant numeric, special_course boolean`,
     )}`
  const values = qualified('s', terms).replace('s.special_course', 'coalesce(s.special_course, false)')
  return [
    `insert into contract_templates (${terms}) select distinct ${values} from ${from}
     where not exists (select from contract_templates t where (${qualified('t', terms)}) is not distinct from (${values}))`,
    `insert into contracts (statement_id, course_id, contract_template_id)
     select i.id, c.id, (select min(t.id) from contract_templates t where (${qualified('t', terms)}) is not distinct from (${values}))
     from ${from} join courses c on c.identifier = s.course_identifier order by r.number, s.ordinality`,
  ]
}

function qualified(alias: string, members: string): string {
  return members
    .split(', ')
    .map((member) => `${alias}.${member}`)
    .join(', ')
}
