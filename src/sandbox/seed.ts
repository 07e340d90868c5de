import type { Database, Transacting } from '../db/connect.ts'
import { transact } from '../db/transact.ts'
import { makeTemplates, writeContracts, writeMilestones } from './contracts.ts'
import { gatherFacts } from './facts.ts'
import { tellSharedPeople } from './shared-people.ts'
import { lastIds, makeStore, oneAtATime, writeStore } from './store.ts'
import { tellStories } from './stories.ts'
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
    const facts = await gatherFacts(trx, now)
    if (facts.cohorts.length === 0) return undefined
    const world = makeWorld(makeStore(facts, await lastIds(trx), chance))
    const templates = await makeTemplates(world)
    for (const provider of facts.providers) tellStories(world, provider)
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
