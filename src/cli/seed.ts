import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { changesMany } from './kinds.ts'

type Scenario = Awaited<ReturnType<typeof import('../sandbox/scenario-2026.ts').tellScenario2026>>

export function addSeed(program: Command): void {
  const seeding = program
    .command('seed')
    .description('fill an empty database with believable sandbox data; refused in production')
    .option('--scenario <year>', 'add a scenario pack to a sandbox that holds people already: 2026')
    .hook('preAction', (command) => {
      const { scenario } = command.opts<{ scenario?: string }>()
      if (readConfig(process.env).environment === 'production') {
        throw new Error('Production holds real people only: no test data are made there.')
      }
      if (scenario !== undefined && scenario !== '2026') throw new Error(`There is no scenario ${scenario}. There is one for 2026.`)
    })
  changesMany(seeding, async ({ trx, act }, { scenario }: { scenario?: string }) => {
    if (scenario !== undefined) {
      const { tellScenario2026 } = await import('../sandbox/scenario-2026.ts')
      const told = await tellScenario2026(trx, act)
      return { shows: scenarioText(told), done: `Added ${told.added.length} people.` }
    }
    const { seed } = await import('../sandbox/seed.ts')
    const made = await seed(trx, act.now)
    if (!made) return { shows: 'The database holds people already: there is nothing to make.', done: 'Nothing was made.' }
    const count = `${made.people} people with ${made.applications} applications`
    return { shows: `Invented: ${count}.`, done: `Made ${count}.` }
  })
}

function scenarioText({ added, withoutAddress }: Scenario): string {
  const rows = [
    ['change', 'provider', 'cohort', 'participant id', 'application id'],
    ...added.map((told) => ['added', told.provider, told.cohort, told.personId, told.applicationId]),
    ...withoutAddress.map((told) => ['e-mail taken away', told.provider, told.cohort, told.personId, told.applicationId]),
  ]
  return rows.map((row) => row.join('\t')).join('\n')
}
