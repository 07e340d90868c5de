import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { print, withDatabase } from './run.ts'

export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('fill an empty database with believable sandbox data; refused in production')
    .action(async () => {
      if (readConfig(process.env).environment === 'production') {
        throw new Error('Production holds real people only: no test data are made there.')
      }
      const { seed } = await import('../sandbox/seed.ts')
      const made = await withDatabase(({ db }) => seed(db, systemClock()))
      print(made ? `Made ${made.people} people with ${made.applications} applications.` : 'The database holds people already: nothing was made.')
    })
}
