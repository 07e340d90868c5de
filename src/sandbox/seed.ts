import { sql } from 'kysely'
import type { Database, Transacting } from '../db/connect.ts'
import { transact } from '../db/transact.ts'
import { loadRecords } from '../domain/dataset/load-records.ts'
import { gatherFacts } from './facts.ts'
import { tellSharedPeople } from './shared-people.ts'
import { tellStories } from './stories.ts'
import { beginTelling } from './telling.ts'
import { makeWorld } from './world.ts'

const chance = 20_260_403

/**
 * Fills an empty sandbox with invented people, once: the same moment makes the same data.
 * Returns undefined, and makes nothing, where there are people already or no cohort is open yet.
 */
export function seed(db: Database, now: Temporal.Instant): Promise<{ people: number; applications: number } | undefined> {
  return transact(db, async (trx) => {
    await oneAtATime(trx)
    if (await anybody(trx)) return undefined
    const records = await tellSeed(trx, now)
    if (!records) return undefined
    await loadRecords(trx, records, { author: 'Sandbox' })
    await keep(trx)
    return { people: records.user.length, applications: records.application.length }
  })
}

/** Keeps the records of what belongs to providers, for a reset to go back to. */
async function keep(trx: Transacting): Promise<void> {
  await sql`insert into seed_records (kind, record) select kind, record from incoming
    where kind in ('user', 'participant_id_change', 'application', 'statement', 'declaration') order by number`.execute(trx)
}

/** The records of all that a sandbox begins with at a moment; none where no cohort is open yet. */
export async function tellSeed(trx: Transacting, now: Temporal.Instant) {
  const facts = await gatherFacts(trx, now)
  if (facts.cohorts.length === 0) return undefined
  const world = makeWorld(beginTelling(facts, { chance }))
  for (const provider of facts.providers) tellStories(world, provider)
  tellSharedPeople(world)
  return world.records
}

/** Two that make people would both give the same numbers: the second waits for the first. */
export async function oneAtATime(trx: Transacting): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('sandbox data'))`.execute(trx)
}

async function anybody(trx: Transacting): Promise<boolean> {
  return (await trx.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}
