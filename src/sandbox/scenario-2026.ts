import type { Database, Transacting } from '../db/connect.ts'
import type { RowOf } from '../db/schema.ts'
import { timeOf } from '../db/time.ts'
import { transact } from '../db/transact.ts'
import { loadRecords } from '../domain/dataset/load-records.ts'
import type { Act } from '../domain/history.ts'
import { changeUser } from '../domain/participants/change-user.ts'
import { apply } from './applications.ts'
import { type Cohort, type Facts, gatherFacts, type Provider } from './facts.ts'
import type { PersonTraits } from './people.ts'
import { oneAtATime } from './seed.ts'
import { beginTelling } from './telling.ts'
import { findWorkplaces } from './workplaces.ts'

/** Who applies to each provider, ten of a kind (06 section 16). */
const groups: { cohort: string; traits: PersonTraits; only?: string[] }[] = [
  { cohort: '2025b', traits: { signIn: 'older', trn: 'verified' } },
  { cohort: '2026b', traits: { signIn: 'newer', trn: 'none' } },
  { cohort: '2026b', traits: { signIn: 'newer', trn: 'verified', previousNames: 2 } },
  { cohort: '2026a', traits: { signIn: 'newer', trn: 'verified' }, only: ['Best Practice Network', 'LLSE'] },
]
const ofEachKind = 10
/** In this cohort the oldest applicant of each provider loses the address. */
const cohortWithoutAddress = '2023a'

export type Told = { provider: string; cohort: string; personId: string; applicationId: string }

/**
 * Adds what providers should be ready for in 2026: the newer sign-in, people without a TRN, with earlier names and without an address.
 * Tells whom it added; the same database gives the same people.
 */
export function tellScenario2026(db: Database, act: Act): Promise<{ added: Told[]; withoutAddress: Told[] }> {
  return transact(db, async (trx) => {
    await oneAtATime(trx)
    const facts = await gatherFacts(trx, act.now)
    const people = await lastPerson(trx)
    const workplaces = await findWorkplaces(trx)
    if (workplaces.schools.fundable.length === 0) throw new Error('There are no schools to work in. Run npq seed first.')
    const telling = { ...beginTelling(facts, { chance: 2026 + people, people }), workplaces }

    const added: Told[] = []
    for (const provider of facts.providers) {
      for (const { cohort, traits } of groups.filter(({ only }) => only?.includes(provider.name) ?? true)) {
        for (let count = 0; count < ofEachKind; count++) {
          const { record, person } = apply(telling, { provider, cohort: cohortNamed(facts, cohort), traits, ...eligibleIn(cohort, count) })
          added.push({ provider: provider.name, cohort, personId: person.id, applicationId: record.id })
        }
      }
    }
    const oldest = await oldestApplicants(trx, cohortNamed(facts, cohortWithoutAddress), facts.providers)
    await loadRecords(trx, telling.records, act)
    for (const { user } of oldest) await takeAddress(trx, act, user)
    return { added, withoutAddress: oldest.map(({ told }) => told) }
  })
}

/** The highest number that a person of the sandbox may have. */
async function lastPerson(trx: Transacting): Promise<number> {
  const { last } = await trx
    .selectFrom('users')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? 0
}

function eligibleIn(cohort: string, count: number) {
  return { eligible: cohort !== '2026a' && count % 2 === 0 }
}

function cohortNamed({ allCohorts }: Facts, identifier: string): Cohort {
  const cohort = allCohorts.find((each) => each.identifier === identifier)
  if (!cohort) throw new Error(`There is no cohort ${identifier}.`)
  return cohort
}

/** The person of each provider's oldest application in the cohort, while it has an address. */
async function oldestApplicants(trx: Transacting, cohort: Cohort, providers: Provider[]): Promise<{ user: RowOf<'users'>; told: Told }[]> {
  const found: { user: RowOf<'users'>; told: Told }[] = []
  for (const provider of providers) {
    const application = await trx
      .selectFrom('applications')
      .select(['public_id', 'user_id'])
      .where('lead_provider_id', '=', provider.id)
      .where('cohort_id', '=', cohort.id)
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (!application) continue
    const user = await trx.selectFrom('users').selectAll().where('id', '=', application.user_id).forUpdate().executeTakeFirstOrThrow()
    const told = { provider: provider.name, cohort: cohort.identifier, personId: user.public_id, applicationId: application.public_id }
    if (user.email !== null) found.push({ user, told })
  }
  return found
}

/** As when a later account takes the address over, but no operator is told. */
async function takeAddress(trx: Transacting, act: Act, user: RowOf<'users'>) {
  await changeUser(trx, act, user, { email: null, archived_email: user.email, archived_at: await timeOf(trx, act), uid: null, provider: null })
}
