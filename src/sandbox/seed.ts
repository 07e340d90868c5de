import { sql } from 'kysely'
import type { Database, Transacting } from '../db/connect.ts'
import { makeTemplates, writeContracts, writeMilestones } from './contracts.ts'
import { gatherFacts } from './facts.ts'
import { tellSharedPeople } from './shared-people.ts'
import { lastIds, makeStore, writeStore } from './store.ts'
import { tellStories } from './stories.ts'
import { makeWorld } from './world.ts'

/**
 * Fills an empty sandbox with invented people, once: the same moment makes the same data.
 * Returns undefined, and makes nothing, where there are people already.
 */
export function seed(db: Database, now: Temporal.Instant): Promise<{ people: number; applications: number } | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('sandbox seed'))`.execute(trx)
    if (await anybody(trx)) return undefined
    const world = makeWorld(makeStore(await gatherFacts(trx, now), await lastIds(trx)))
    const templates = await makeTemplates(world)
    for (const provider of world.facts.providers) tellStories(world, provider)
    tellSharedPeople(world)
    await writeStore(trx, world)
    await writeContracts(trx, templates)
    await writeMilestones(trx)
    return { people: world.rows.users.length, applications: world.rows.applications.length }
  })
}

async function anybody(trx: Transacting): Promise<boolean> {
  return (await trx.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}
