import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { Tables } from '../../db/schema.ts'

/** What a constraint of the database says, in words: of two records of a file `twice`, of one and what is there already `taken`, else `problem`. */
type Words = { at: string; problem?: string; twice?: string; taken?: string }

const idTwice: Words = { at: 'id', twice: 'is the id of an earlier record too' }
const same = (at: string): Words => ({ at, twice: `is the ${at} of an earlier record too` })

/** The constraints by which records of a dataset are judged, by their names; the rules themselves stand in the database alone. */
export const constraints: Readonly<Record<string, Words>> = {
  lead_providers_public_id_key: idTwice,
  api_tokens_hashed_token_key: { at: 'token', twice: 'is the token of an earlier record too' },
  cohorts_suffix_check: { at: 'suffix', problem: 'must be one lower-case letter' },
  cohorts_start_year_check: { at: 'start_year', problem: 'must be from 2021 to 2029' },
  cohorts_description_check: { at: 'description', problem: 'must have 5 to 50 characters' },
  cohorts_check: { at: 'registration_start_date', problem: 'must lie in the start year' },
  cohorts_start_year_suffix_key: { at: 'suffix', twice: 'repeats the cohort of an earlier record' },
  cohorts_description: {
    at: 'description',
    twice: 'is the description of an earlier record too',
    taken: 'is the description of another cohort',
  },
  schedules_identifier_cohort_id_key: { at: 'identifier', twice: 'repeats the schedule of an earlier record' },
  schedules_check: { at: 'applies_to', problem: 'must not be before applies_from' },
  schools_urn_key: same('urn'),
  private_childcare_providers_provider_urn_key: same('provider_urn'),
  itt_providers_legal_name_key: same('legal_name'),
  users_public_id_key: idTwice,
  users_email_unless_archived: { at: 'email', problem: 'is needed for everyone who is not archived' },
  users_verified_trn_is_present: { at: 'trn', problem: 'is needed where trn_verified is true' },
  users_email_key: { at: 'email', twice: 'is the address of an earlier record too', taken: 'is the address of another person' },
  users_uid_key: { at: 'uid', twice: 'is the uid of an earlier record too', taken: 'is the uid of another person' },
  applications_public_id_key: idTwice,
  applications_accepted_once: {
    at: 'lead_provider_approval_status',
    problem: 'cannot be accepted: the person has another accepted application for the course in the cohort',
  },
  delivery_partners_public_id_key: idTwice,
  delivery_partners_name: { at: 'name', taken: 'is the name of another delivery partner', twice: 'is the name of an earlier record too' },
  statements_public_id_key: idTwice,
  statements_lead_provider_id_cohort_id_year_month_key: {
    at: 'month',
    twice: 'repeats the provider, cohort and month of an earlier record',
    taken: 'is the month of another statement of the provider and cohort',
  },
  statements_paid_after_deadline: { at: 'payment_date', problem: 'must not be before deadline_date' },
  contracts_statement_id_course_id_key: { at: 'course_identifier', twice: 'is the course of an earlier contract too' },
  contract_templates_periods_share_the_output_part: {
    at: 'number_of_payment_periods',
    problem: 'must be above 0 where a share of the price is paid through declarations',
  },
  contract_templates_installments_share_the_service_fee: {
    at: 'service_fee_installments',
    problem: 'must be above 0 where the service fee is computed',
  },
  declarations_public_id_key: idTwice,
  declarations_live_once: { at: 'state', problem: 'makes a second live declaration of its type on the application' },
  declarations_secondary_partner_needs_a_primary: { at: 'secondary_delivery_partner_id', problem: 'needs a delivery_partner_id too' },
  declarations_partners_differ: { at: 'secondary_delivery_partner_id', problem: 'must differ from delivery_partner_id' },
  statement_items_one_payment: { at: 'state', problem: 'makes a second payment or a second refund of the declaration' },
  statement_items_one_refund: { at: 'state', problem: 'makes a second payment or a second refund of the declaration' },
  outcomes_public_id_key: { at: 'id', taken: 'is the id of an outcome of another declaration' },
}

/** A constraint as the database has it: what each row must meet, or the expressions in which no two rows may be alike, and of which rows. */
export type Constraint = { name: string; must: string | null; keys: string[] | null; among: string | null }

/** The constraints of a table that have words, in the order of these. */
export async function constraintsOf(trx: Transacting, table: keyof Tables): Promise<Constraint[]> {
  const names = Object.keys(constraints)
  const { rows } = await sql<Constraint>`
    select conname as name, pg_get_expr(conbin, conrelid) as must, null::text[] as keys, null as among
    from pg_constraint where contype = 'c' and conrelid = ${table}::regclass and conname = any(${names})
    union all
    select relname, null, array(select pg_get_indexdef(indexrelid, place, true) from generate_series(1, indnkeyatts) as place),
      pg_get_expr(indpred, indrelid)
    from pg_index join pg_class on pg_class.oid = indexrelid
    where indisunique and indrelid = ${table}::regclass and relname = any(${names})`.execute(trx)
  return rows.sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name))
}
