import type { Command } from 'commander'
import { wireInstant } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { waitingReason } from '../domain/job-kinds.ts'
import { unfinishedJobs } from '../domain/jobs/queries.ts'
import { retryJob } from '../domain/jobs/retry.ts'
import { note, print, withDatabase } from './run.ts'
import { table } from './table.ts'
import { readNumber, tell } from './verdict.ts'

const mostListed = 1000

/** What operators do about work that the service does by itself. */
export function addJob(program: Command): void {
  const job = program.command('job').description('see jobs that are not finished, and start again those that were given up')
  job
    .command('list')
    .description('list jobs that wait, or are tried again, or were given up, the newest first')
    .option('--failed', 'only those that were given up')
    .action((options: { failed?: true }) => withDatabase(({ db }) => list(db, options.failed === true)))
  job
    .command('retry <number>')
    .description('let a job that was given up be tried again')
    .action((number: string) =>
      withDatabase(async ({ db }) => tell(await retryJob(db, readNumber(number)), 'The job is tried again by the next worker.')),
    )
}

async function list(db: Database, failed: boolean) {
  const jobs = await unfinishedJobs(db, { failed }, mostListed)
  const rows = jobs.map(({ id, kind, payload, attempts, run_at, failed_at, last_error }) => [
    String(id),
    kind,
    JSON.stringify(payload),
    String(attempts),
    failed_at ? `failed at ${wireInstant(failed_at)}` : (waitingReason(kind) ?? `next at ${wireInstant(run_at)}`),
    last_error?.split('\n')[0] ?? '-',
  ])
  print(table([['Number', 'Job', 'About', 'Attempts', 'When', 'Last error'], ...rows]))
  if (jobs.length === mostListed) note(`These are the newest ${mostListed}.`)
}
