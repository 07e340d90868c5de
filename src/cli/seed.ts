import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { note, print, withDatabase } from './run.ts'

type SeedOptions = { scenario?: string; write?: true }

export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('fill an empty database with believable sandbox data; refused in production')
    .option('--scenario <year>', 'add a scenario pack to a sandbox that holds people already: 2026')
    .option('--write', 'keep what the scenario adds; without it the command only tells what it would add')
    .action(async ({ scenario, write }: SeedOptions) => {
      if (readConfig(process.env).environment === 'production') {
        throw new Error('Production holds real people only: no test data are made there.')
      }
      if (scenario === undefined) return fill()
      if (scenario !== '2026') throw new Error(`There is no scenario ${scenario}. There is one for 2026.`)
      await addScenario2026(write === true)
    })
}

async function fill() {
  const { seed } = await import('../sandbox/seed.ts')
  const made = await withDatabase(({ db }) => seed(db, systemClock()))
  print(made ? `Made ${made.people} people with ${made.applications} applications.` : 'The database holds people already: nothing was made.')
}

async function addScenario2026(write: boolean) {
  const { tellScenario2026 } = await import('../sandbox/scenario-2026.ts')
  const act = { now: systemClock(), author: 'Command seed' }
  const { added, withoutAddress } = await withDatabase(({ db }) => tellScenario2026(db, act, write))
  print(['change', 'provider', 'cohort', 'participant id', 'application id'].join('\t'))
  for (const told of added) print(['added', told.provider, told.cohort, told.personId, told.applicationId].join('\t'))
  for (const told of withoutAddress) print(['e-mail taken away', told.provider, told.cohort, told.personId, told.applicationId].join('\t'))
  note(write ? `Added ${added.length} people.` : `This was a dry run: nothing was written. Add --write to add these ${added.length} people.`)
}
