// The same lists and shows as many would build them: Express with TypeORM, entities with relations, a token looked up by its hash.
// Plain JavaScript, since its packages are not the service's and are not there when types are checked.
import { createHmac } from 'node:crypto'
import express from 'express'
import { DataSource, EntitySchema, IsNull, Not } from 'typeorm'

const column = (type, more = {}) => ({ type, nullable: true, ...more })
const key = { type: 'bigint', primary: true, generated: true }
const to = (target, name) => ({ type: 'many-to-one', target, joinColumn: { name } })
const many = (target, inverseSide) => ({ type: 'one-to-many', target, inverseSide })
const texts = (...names) => Object.fromEntries(names.map((name) => [name, column('text')]))
const flags = (...names) => Object.fromEntries(names.map((name) => [name, column('boolean')]))
const moments = (...names) => Object.fromEntries(names.map((name) => [name, column('timestamptz')]))
const entity = (name, columns, relations = {}) => new EntitySchema({ name, tableName: name, columns: { id: key, ...columns }, relations })

const entities = [
  entity('lead_providers', texts('name')),
  entity('api_tokens', { ...texts('hashed_token'), ...moments('revoked_at') }, { lead_provider: to('lead_providers', 'lead_provider_id') }),
  entity('courses', texts('identifier')),
  entity('cohorts', { start_year: column('int'), ...texts('suffix') }),
  entity('schedules', texts('identifier')),
  entity('schools', texts('urn')),
  entity('private_childcare_providers', texts('provider_urn')),
  entity('itt_providers', texts('legal_name')),
  entity(
    'users',
    {
      public_id: column('uuid'),
      ...texts('full_name', 'email', 'trn'),
      ...flags('trn_verified'),
      ...moments('created_at', 'updated_at', 'significantly_updated_at'),
    },
    { applications: many('applications', 'user') },
  ),
  entity(
    'applications',
    {
      public_id: column('uuid'),
      lead_provider_id: column('bigint'),
      ...texts('lead_provider_approval_status', 'training_status', 'reason_for_rejection', 'funding_eligibility_status_code', 'funding_choice'),
      ...texts('headteacher_status', 'employer_name', 'employment_role', 'ukprn', 'teacher_catchment', 'teacher_catchment_country'),
      ...texts('teacher_catchment_iso_country_code', 'senco_in_role'),
      ...flags('eligible_for_funding', 'funded_place', 'works_in_school', 'lead_mentor', 'targeted_delivery_funding_eligibility'),
      senco_start_date: column('date'),
      ...moments('accepted_at', 'created_at', 'updated_at'),
    },
    {
      user: to('users', 'user_id'),
      course: to('courses', 'course_id'),
      cohort: to('cohorts', 'cohort_id'),
      schedule: to('schedules', 'schedule_id'),
      school: to('schools', 'school_id'),
      private_childcare_provider: to('private_childcare_providers', 'private_childcare_provider_id'),
      itt_provider: to('itt_providers', 'itt_provider_id'),
    },
  ),
  new EntitySchema({
    name: 'participations',
    tableName: 'participations',
    columns: {
      lead_provider_id: { type: 'bigint', primary: true },
      user_id: { type: 'bigint', primary: true },
      ...moments('created_at', 'updated_at', 'changed_at'),
    },
    relations: { user: to('users', 'user_id') },
  }),
  entity(
    'delivery_partners',
    { public_id: column('uuid'), ...texts('name'), ...moments('created_at', 'updated_at') },
    {
      partnerships: many('delivery_partnerships', 'delivery_partner'),
    },
  ),
  entity(
    'delivery_partnerships',
    { lead_provider_id: column('bigint') },
    {
      delivery_partner: to('delivery_partners', 'delivery_partner_id'),
      cohort: to('cohorts', 'cohort_id'),
    },
  ),
  entity(
    'statements',
    {
      public_id: column('uuid'),
      lead_provider_id: column('bigint'),
      year: column('int'),
      month: column('int'),
      deadline_date: column('date'),
      payment_date: column('date'),
      output_fee: column('boolean'),
      ...texts('state'),
      ...moments('created_at', 'updated_at'),
    },
    { cohort: to('cohorts', 'cohort_id') },
  ),
  entity('statement_items', texts('state'), { statement: to('statements', 'statement_id'), declaration: to('declarations', 'declaration_id') }),
  entity(
    'declarations',
    {
      public_id: column('uuid'),
      lead_provider_id: column('bigint'),
      ...texts('declaration_type', 'state', 'state_reason'),
      ...moments('declaration_date', 'created_at', 'updated_at'),
    },
    {
      lead_provider: to('lead_providers', 'lead_provider_id'),
      application: to('applications', 'application_id'),
      delivery_partner: to('delivery_partners', 'delivery_partner_id'),
      secondary_delivery_partner: to('delivery_partners', 'secondary_delivery_partner_id'),
      items: many('statement_items', 'declaration'),
      outcomes: many('outcomes', 'declaration'),
    },
  ),
  entity(
    'outcomes',
    {
      public_id: column('uuid'),
      lead_provider_id: column('bigint'),
      completion_date: column('date'),
      ...texts('state'),
      ...moments('created_at', 'updated_at'),
    },
    { declaration: to('declarations', 'declaration_id') },
  ),
]

const oldest = { created_at: 'ASC', id: 'ASC' }
const person = { user: true, course: true }
/** Each list: its records, what they are with, whose they are, in which order, and how one is shown. */
const lists = {
  '/api/v3/npq-applications': {
    from: 'applications',
    relations: { ...person, cohort: true, schedule: true, school: true, private_childcare_provider: true, itt_provider: true },
    where: (provider) => ({ lead_provider_id: provider }),
    one: (id) => ({ public_id: id }),
    order: oldest,
    shown: ({ id, public_id, lead_provider_id, user, course, cohort, schedule, school, private_childcare_provider, itt_provider, ...rest }) => ({
      id: public_id,
      type: 'npq_application',
      attributes: {
        ...rest,
        course_identifier: course?.identifier,
        cohort: String(cohort?.start_year),
        cohort_suffix: cohort?.suffix,
        schedule_identifier: schedule?.identifier ?? null,
        school_urn: school?.urn ?? null,
        private_childcare_provider_urn: private_childcare_provider?.provider_urn ?? null,
        itt_provider: itt_provider?.legal_name ?? null,
        participant_id: user?.public_id,
        full_name: user?.full_name,
        email: user?.email,
        teacher_reference_number: user?.trn_verified ? user.trn : null,
        teacher_reference_number_validated: user?.trn_verified,
      },
    }),
  },
  '/api/v3/participant-declarations': {
    from: 'declarations',
    relations: {
      lead_provider: true,
      application: person,
      delivery_partner: true,
      secondary_delivery_partner: true,
      items: { statement: true },
      outcomes: true,
    },
    where: (provider) => ({ lead_provider_id: provider }),
    one: (id) => ({ public_id: id }),
    order: oldest,
    shown: ({ public_id, application, items, outcomes, ...rest }) => ({
      id: public_id,
      type: 'participant-declaration',
      attributes: {
        participant_id: application.user.public_id,
        application_id: application.public_id,
        course_identifier: application.course.identifier,
        declaration_type: rest.declaration_type,
        declaration_date: rest.declaration_date,
        state: rest.state,
        ineligible_for_funding_reason: rest.state_reason,
        lead_provider_name: rest.lead_provider.name,
        delivery_partner_id: rest.delivery_partner?.public_id ?? null,
        delivery_partner_name: rest.delivery_partner?.name ?? null,
        secondary_delivery_partner_id: rest.secondary_delivery_partner?.public_id ?? null,
        secondary_delivery_partner_name: rest.secondary_delivery_partner?.name ?? null,
        statement_id: items.find(({ state }) => ['eligible', 'payable', 'paid'].includes(state))?.statement.public_id ?? null,
        clawback_statement_id: items.find(({ state }) => ['awaiting_clawback', 'clawed_back'].includes(state))?.statement.public_id ?? null,
        has_passed: outcomes.length > 0 ? outcomes.at(-1).state === 'passed' : null,
        created_at: rest.created_at,
        updated_at: rest.updated_at,
      },
    }),
  },
  '/api/v3/participants/npq/outcomes': {
    from: 'outcomes',
    relations: { declaration: { application: person } },
    where: (provider) => ({ lead_provider_id: provider }),
    order: oldest,
    shown: outcomeShown,
  },
  '/api/v3/participants/npq': {
    from: 'participations',
    relations: { user: { applications: { course: true, cohort: true, schedule: true, school: true } } },
    where: (provider) => ({ lead_provider_id: provider }),
    one: (id) => ({ user: { public_id: id } }),
    order: { created_at: 'ASC', user_id: 'ASC' },
    shown: ({ lead_provider_id, changed_at, user }) => ({
      id: user.public_id,
      type: 'npq-participant',
      attributes: {
        full_name: user.full_name,
        teacher_reference_number: user.trn_verified ? user.trn : null,
        updated_at: changed_at,
        npq_enrolments: user.applications
          .filter((one) => one.lead_provider_id === lead_provider_id && one.lead_provider_approval_status === 'accepted')
          .map((one) => ({
            email: user.email,
            course_identifier: one.course?.identifier,
            schedule_identifier: one.schedule?.identifier ?? null,
            cohort: String(one.cohort?.start_year),
            cohort_suffix: one.cohort?.suffix,
            npq_application_id: one.public_id,
            eligible_for_funding: one.eligible_for_funding,
            training_status: one.training_status,
            school_urn: one.school?.urn ?? null,
            targeted_delivery_funding_eligibility: one.targeted_delivery_funding_eligibility,
            created_at: one.accepted_at,
            funded_place: one.funded_place,
          })),
      },
    }),
  },
  '/api/v3/statements': {
    from: 'statements',
    relations: { cohort: true },
    where: (provider) => ({ lead_provider_id: provider, output_fee: true }),
    one: (id) => ({ public_id: id }),
    order: { payment_date: 'ASC', id: 'ASC' },
    shown: ({ public_id, year, month, cohort, deadline_date, payment_date, state, created_at, updated_at }) => ({
      id: public_id,
      type: 'statement',
      attributes: {
        month: new Date(Date.UTC(year, month - 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
        year: String(year),
        cohort: String(cohort.start_year),
        cut_off_date: deadline_date,
        payment_date,
        paid: state === 'paid',
        created_at,
        updated_at,
      },
    }),
  },
  '/api/v3/delivery-partners': {
    from: 'delivery_partners',
    relations: { partnerships: { cohort: true } },
    where: (provider) => ({ partnerships: { lead_provider_id: provider } }),
    one: (id) => ({ public_id: id }),
    order: { name: 'ASC', id: 'ASC' },
    shown: ({ public_id, name, partnerships, created_at, updated_at }) => ({
      id: public_id,
      type: 'delivery-partner',
      attributes: { name, cohort: [...new Set(partnerships.map(({ cohort }) => String(cohort.start_year)))].sort(), created_at, updated_at },
    }),
  },
}

function outcomeShown({ public_id, declaration, state, completion_date, created_at, updated_at }) {
  return {
    id: public_id,
    type: 'participant-outcome',
    attributes: {
      state,
      completion_date: `${completion_date}T00:00:00+00:00`,
      course_identifier: declaration.application.course.identifier,
      participant_id: declaration.application.user.public_id,
      created_at,
      updated_at,
    },
  }
}

const database = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, entities, extra: { max: 10 } })
await database.initialize()

const app = express()
app.disable('x-powered-by')
app.set('query parser', 'extended')
app.use(async (request, response, next) => {
  const [, token] = /^Bearer (.+)$/.exec(request.get('authorization') ?? '') ?? []
  const hashed_token = token && createHmac('sha256', process.env.TOKEN_KEY).update('npq api token\0').update(token).digest('hex')
  const known =
    hashed_token &&
    (await database.getRepository('api_tokens').findOne({
      where: { hashed_token, revoked_at: IsNull(), lead_provider: Not(IsNull()) },
      relations: { lead_provider: true },
    }))
  if (!known) return response.status(401).json({ error: 'Unauthorised' })
  request.provider = known.lead_provider.id
  next()
})

for (const [path, { from, relations, where, one, order, shown }] of Object.entries(lists)) {
  const records = database.getRepository(from)
  app.get(path, async ({ provider, query }, response) => {
    const size = Math.min(Number(query.page?.per_page ?? 100), 3000)
    const skip = (Number(query.page?.page ?? 1) - 1) * size
    const found = await records.find({ where: where(provider), relations, order, take: size, skip })
    response.json({ data: found.map(shown) })
  })
  if (!one) continue
  app.get(`${path}/:id`, async ({ provider, params }, response) => {
    const found = await records.findOne({ where: { ...where(provider), ...one(params.id) }, relations })
    if (!found) return response.status(404).json({ error: 'Not found' })
    response.json({ data: shown(found) })
  })
}

app.get('/api/v3/participants/npq/:id/outcomes', async ({ provider, params }, response) => {
  const found = await database.getRepository('outcomes').find({
    where: { lead_provider_id: provider, declaration: { application: { user: { public_id: params.id } } } },
    relations: { declaration: { application: person } },
    order: oldest,
  })
  response.json({ data: found.map(outcomeShown) })
})

app.listen(Number(process.env.PORT), '127.0.0.1')
