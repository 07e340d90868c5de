/** A list of the API's v3, how many rows the provider has in it, and how Directus shows the same. */
export type List = {
  noun: string
  path: string
  /** the filter on when something changed; undefined where the list has none */
  since?: 'updated_since' | 'created_since'
  /** reads when the last day of the provider $1 began, where that is not the dataset's */
  lastDay?: string
  /** counts the rows of the provider $1 */
  count: string
  /** ids that the provider $1 may show, at most $2 of them, spread over all */
  ids: string
  /** how to show one of them, where not under the list's path */
  show?: (id: string) => string
  directus?: { collection: string; provider: string; fields: string; sort: string }
}

const spread = (column: string, from: string) => `select ${column} as id from ${from} order by md5(${column}::text) limit $2`

export const lists: readonly List[] = [
  {
    noun: 'applications',
    path: '/api/v3/npq-applications',
    since: 'updated_since',
    count: 'select count(*) from applications where lead_provider_id = $1',
    ids: spread('public_id', 'applications where lead_provider_id = $1'),
    directus: {
      collection: 'applications',
      provider: 'lead_provider_id',
      fields:
        '*,user_id.*,course_id.identifier,cohort_id.start_year,cohort_id.suffix,schedule_id.identifier,school_id.urn,private_childcare_provider_id.provider_urn,itt_provider_id.legal_name',
      sort: 'created_at,id',
    },
  },
  {
    noun: 'participants',
    path: '/api/v3/participants/npq',
    since: 'updated_since',
    count: 'select count(*) from participations where lead_provider_id = $1',
    ids: spread('public_id', 'users where id in (select user_id from participations where lead_provider_id = $1)'),
    // whose accepted applications are the participants' enrolments; Directus has no collection of participations
    directus: {
      collection: 'applications',
      provider: 'lead_provider_id',
      fields:
        'public_id,created_at,updated_at,accepted_at,training_status,funded_place,eligible_for_funding,user_id.*,course_id.identifier,cohort_id.start_year,schedule_id.identifier,school_id.urn',
      sort: 'created_at,id',
    },
  },
  {
    noun: 'declarations',
    path: '/api/v3/participant-declarations',
    since: 'updated_since',
    count: 'select count(*) from declarations where lead_provider_id = $1',
    ids: spread('public_id', 'declarations where lead_provider_id = $1'),
    directus: {
      collection: 'declarations',
      provider: 'lead_provider_id',
      fields:
        '*,application_id.public_id,application_id.user_id.public_id,application_id.course_id.identifier,lead_provider_id.name,delivery_partner_id.name,secondary_delivery_partner_id.name',
      sort: 'created_at,id',
    },
  },
  {
    noun: 'outcomes',
    path: '/api/v3/participants/npq/outcomes',
    since: 'created_since',
    lastDay: `select to_char((max(created_at) - interval '1 day') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since from outcomes where lead_provider_id = $1`,
    count: 'select count(*) from outcomes where lead_provider_id = $1',
    ids: spread(
      'public_id',
      `users where id in (select applications.user_id from outcomes join declarations on declarations.id = outcomes.declaration_id
         join applications on applications.id = declarations.application_id
         where outcomes.lead_provider_id = $1 and applications.lead_provider_id = $1 limit 5000)`,
    ),
    show: (id) => `/api/v3/participants/npq/${id}/outcomes`,
    directus: {
      collection: 'outcomes',
      provider: 'lead_provider_id',
      fields: '*,declaration_id.application_id.user_id.public_id,declaration_id.application_id.course_id.identifier',
      sort: 'created_at,id',
    },
  },
  {
    noun: 'statements',
    path: '/api/v3/statements',
    since: 'updated_since',
    count: 'select count(*) from statements where lead_provider_id = $1 and output_fee',
    ids: spread('public_id', 'statements where lead_provider_id = $1 and output_fee'),
    directus: { collection: 'statements', provider: 'lead_provider_id', fields: '*,cohort_id.start_year', sort: 'payment_date,id' },
  },
  {
    noun: 'delivery partners',
    path: '/api/v3/delivery-partners',
    count: 'select count(distinct delivery_partner_id) from delivery_partnerships where lead_provider_id = $1',
    ids: spread('public_id', 'delivery_partners where id in (select delivery_partner_id from delivery_partnerships where lead_provider_id = $1)'),
    directus: {
      collection: 'delivery_partnerships',
      provider: 'lead_provider_id',
      fields: '*,delivery_partner_id.*,cohort_id.start_year',
      sort: 'delivery_partner_id,id',
    },
  },
]
