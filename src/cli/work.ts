import type { Command } from 'commander'
import { pino } from 'pino'
import { loggedError } from '../http/redact.ts'
import { workOnce, workUntil } from '../jobs/worker.ts'
import { runs } from './kinds.ts'
import { withDatabase } from './run.ts'
import { mailSender } from './send-mail.ts'

export function addWork(program: Command): void {
  const command = program
    .command('work')
    .description('carry out jobs and send letters; `npq serve` does so too')
    .option('--once', 'only what is due now')
  runs(command, (options: { once?: true }) =>
    withDatabase(async ({ db }, config) => {
      const log = pino({ level: config.logLevel, serializers: { err: loggedError } })
      const parts = { db, log, config, send: mailSender(config, log) }
      if (options.once) return workOnce(parts)
      const stop = new AbortController()
      process.once('SIGTERM', () => stop.abort()).once('SIGINT', () => stop.abort())
      return workUntil(parts, stop.signal)
    }),
  )
}
