import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type Answer, answer, refusal } from '../../domain/answer.ts'
import { loadRecords } from '../../domain/dataset/load-records.ts'
import type { Act } from '../../domain/history.ts'
import { applicationScenarios } from './applications.ts'
import { declarationScenarios } from './declarations.ts'
import { participantScenarios } from './participants.ts'
import { NotPossible } from './place.ts'
import { requestScenarios } from './requests.ts'
import type { Scenario, Values } from './scenario.ts'
import { stateScenarios } from './states.ts'
import { makeWorld } from './world.ts'

/** Every situation, by its name. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [...stateScenarios, ...applicationScenarios, ...participantScenarios, ...declarationScenarios, ...requestScenarios].map((scenario) => [
    scenario.name,
    scenario,
  ]),
)

/** No situation has more people. */
const mostPeople = 3

/** Makes a situation in a provider's own data, as a dataset: whole or not at all. Answers with the values that its request names. */
export async function makeScenario(
  db: Database,
  scenario: Scenario,
  command: Act & { provider: { id: number; name: string }; expiredCursor?: string },
): Promise<Answer<Values>> {
  try {
    return await transact(db, async (trx) => {
      // two that begin at once would both make the provider that is nobody's
      await sql`select pg_advisory_xact_lock(hashtext('sandbox scenario'))`.execute(trx)
      const world = await makeWorld(trx, command.provider, command.now, mostPeople)
      const values = scenario.make({ ...world, expiredCursor: command.expiredCursor ?? '' })
      await loadRecords(trx, world.records, command)
      return answer(values)
    })
  } catch (error) {
    if (error instanceof NotPossible)
      return refusal('scenario_not_possible', 'base', `${error.message} Reset your sandbox to have all situations again.`)
    throw error
  }
}
