import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { type TestPerson, testPeople, testPersonId } from '../../src/test-people.ts'
import { ask, now } from '../support/app.ts'
import { database } from '../support/database.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

const provider = 'Teach First'
const people = Object.keys(testPeople) as TestPerson[]

type Shown = { applications: string[]; declarations?: string[]; outcomes?: string[]; more?: object }

const started: Shown = { applications: ['accepted active'], declarations: ['started paid'] }
const all = ['started paid', 'retained-1 paid', 'retained-2 paid', 'completed paid']

/** What the page says of each, as the records of one provider have it; rows of another provider carry its name. */
const shown: Record<TestPerson, Shown> = {
  pending: { applications: ['pending'], more: { eligible: true } },
  limited: { applications: ['pending'], more: { funding: 'capped' } },
  pendingTwice: { applications: ['pending', 'pending UCL Institute of Education'] },
  notEligible: { applications: ['pending'], more: { eligible: false } },
  withoutTrn: { applications: ['pending'], more: { trn: null } },
  outsideEngland: { ...started, declarations: ['started submitted'], more: { catchment: 'another', partners: 0 } },
  rejected: { applications: ['rejected'] },
  accepted: { applications: ['accepted active'] },
  several: { ...started, applications: ['accepted active', 'pending', 'rejected'] },
  previouslyFunded: { applications: ['accepted active', 'pending'], declarations: ['started paid', 'retained-1 paid'] },
  formerNames: { ...started, more: { names: 2 } },
  withoutEmail: { applications: ['accepted active'], more: { email: null } },
  idChanged: { ...started, more: { changes: 1 } },
  started,
  deferred: { ...started, applications: ['accepted deferred'] },
  withdrawn: { ...started, applications: ['accepted withdrawn'] },
  resumed: { ...started, more: { states: ['active', 'deferred', 'active'] } },
  passed: { applications: ['accepted active'], declarations: all, outcomes: ['passed'] },
  failedFirst: { applications: ['accepted active'], declarations: all, outcomes: ['failed', 'passed'] },
  cameOver: { applications: ['accepted active'], declarations: ['started paid UCL Institute of Education', 'retained-1 paid'] },
  wentOver: {
    applications: ['accepted active UCL Institute of Education'],
    declarations: ['started paid', 'retained-1 paid UCL Institute of Education'],
  },
  eligible: { ...started, declarations: ['started eligible'] },
  payable: { ...started, declarations: ['started payable'] },
  paid: started,
  voided: { ...started, declarations: ['started voided'] },
  refundDue: { ...started, declarations: ['started awaiting_clawback'] },
  refunded: { ...started, declarations: ['started clawed_back'] },
  duplicate: { ...started, declarations: ['started ineligible'] },
}

describe('the test people', { timeout: 120_000 }, () => {
  test('show what the guidance says, under their names and ids', async () => {
    const db = await database()
    await seed(db, now)
    const found = Object.fromEntries(await Promise.all(people.map(async (person) => [person, await recordsOf(db, provider, person)] as const)))
    for (const person of people) {
      const { more, ...rest } = shown[person]
      expect({ person, ...found[person] }).toMatchObject({ person, name: testPeople[person].name, declarations: [], outcomes: [], ...rest, ...more })
    }
  })

  test('are with every provider, and a declaration that another one made for them is refused with 403', async () => {
    const db = await database()
    await seed(db, now)
    const providers = await db.selectFrom('lead_providers').select('name').execute()
    const ids = providers.flatMap(({ name }) => people.map((person) => testPersonId(name, person)))
    const there = await db.selectFrom('users').select('public_id').where('public_id', 'in', ids).execute()
    // one offers nothing any more, in no cohort with limited places
    expect(ids.length - there.length).toBe(1)

    const app = await makeSandboxApp({ db })
    const token = await sandboxToken(db, provider)
    const id = testPersonId(provider, 'cameOver')
    const list = await ask(app, `/api/v3/participant-declarations?filter[participant_id]=${id}`, { token })
    const others = list
      .json()
      .data.filter(({ attributes }: { attributes: { lead_provider_name: string } }) => attributes.lead_provider_name !== provider)
    expect(others).toHaveLength(1)
    const refused = await ask(app, `/api/v3/participant-declarations/${others[0].id}/void`, { token, method: 'PUT' })
    expect(refused.statusCode).toBe(403)
    await app.close()
  })
})

/** What there is of a person, the oldest first. */
async function recordsOf(db: Database, own: string, person: TestPerson) {
  const user = await db.selectFrom('users').selectAll().where('public_id', '=', testPersonId(own, person)).executeTakeFirst()
  if (!user) return undefined
  const by = (name: string) => (name === own ? '' : ` ${name}`)
  const applications = await db
    .selectFrom('applications')
    .innerJoin('lead_providers', 'lead_providers.id', 'lead_provider_id')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
    .selectAll('applications')
    .select(['lead_providers.name', 'cohorts.funding'])
    .where('user_id', '=', user.id)
    .orderBy('lead_provider_approval_status')
    .orderBy('applications.id')
    .execute()
  const ids = applications.map(({ id }) => id)
  const declarations = await db
    .selectFrom('declarations')
    .innerJoin('lead_providers', 'lead_providers.id', 'lead_provider_id')
    .selectAll('declarations')
    .select('lead_providers.name')
    .where('application_id', 'in', ids)
    .orderBy('declarations.id')
    .execute()
  const outcomes = await db
    .selectFrom('outcomes')
    .select('state')
    .where('declaration_id', 'in', [0, ...declarations.map(({ id }) => id)])
    .orderBy('id')
    .execute()
  const states = await db.selectFrom('application_states').select('state').where('application_id', 'in', ids).orderBy('id').execute()
  const changes = await db.selectFrom('participant_id_changes').select('id').where('user_id', '=', user.id).execute()
  return {
    name: user.full_name,
    trn: user.trn,
    email: user.email,
    names: user.previous_names.length,
    changes: changes.length,
    eligible: applications[0]?.eligible_for_funding,
    funding: applications[0]?.funding,
    catchment: applications[0]?.teacher_catchment,
    applications: applications.map(
      ({ lead_provider_approval_status: status, training_status, name }) => `${status}${training_status ? ` ${training_status}` : ''}${by(name)}`,
    ),
    states: states.map(({ state }) => state),
    declarations: declarations.map(({ declaration_type, state, name }) => `${declaration_type} ${state}${by(name)}`),
    partners: declarations.filter(({ delivery_partner_id }) => delivery_partner_id !== null).length,
    outcomes: outcomes.map(({ state }) => state),
  }
}
