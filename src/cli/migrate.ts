import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { runs } from './kinds.ts'
import { open, prepare, print } from './run.ts'

export function addMigrate(program: Command): void {
  const command = program.command('migrate').description('bring the database up to date and load the reference facts; safe to repeat')
  runs(command, async () => {
    const config = readConfig(process.env)
    const connection = await open(config)
    try {
      const ran = await prepare(connection, config)
      print(ran.length > 0 ? `Applied: ${ran.join(', ')}.` : 'The database is up to date.')
    } finally {
      await connection.close()
    }
  })
}
