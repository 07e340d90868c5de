import type { Command } from 'commander'
import { wireInstant } from '../clock.ts'
import { readConfig } from '../config.ts'
import { waitingReason } from '../domain/job-kinds.ts'
import { findJob, unfinishedJobs } from '../domain/jobs/records.ts'
import { retryJob } from '../domain/jobs/retry.ts'
import { changesOne, reads } from './kinds.ts'
import { note, print } from './run.ts'
import { connectedServices } from './send-mail.ts'
import { table } from './table.ts'
import { orRefuse, readNumber } from './verdict.ts'

const mostListed = 1000

/** What operators do about work that the service does by itself. */
export function addJob(program: Command): void {
  const job = program.command('job').description('see jobs that are not finished, and start again those that were given up')
  const listing = job
    .command('list')
    .description('list jobs that wait, or are tried again, or were given up, the newest first')
    .option('--failed', 'only those that were given up')
    .option('--kind <kind>', 'only those of a kind, such as "send letter"')
  reads(listing, async (trx, { failed = false, ...kind }: { failed?: boolean; kind?: string }) => {
    const jobs = await unfinishedJobs(trx, { failed, ...kind }, mostListed)
    print(jobsTable(jobs))
    if (jobs.length === mostListed) note(`These are the newest ${mostListed}.`)
  })
  changesOne(job.command('retry <number>').description('let a job that was given up be tried again'), async ({ trx, act }, number: string) => {
    const id = readNumber(number)
    const before = await findJob(trx, id)
    orRefuse(await retryJob(trx, { ...act, id }))
    return { shows: jobsTable(before), done: 'The job is tried again by the next worker.' }
  })
}

function jobsTable(jobs: Awaited<ReturnType<typeof unfinishedJobs>>): string {
  const connected = connectedServices(readConfig(process.env))
  const rows = jobs.map(({ id, kind, payload, attempts, run_at, failed_at, last_error }) => [
    String(id),
    kind,
    JSON.stringify(payload),
    String(attempts),
    failed_at ? `failed at ${wireInstant(failed_at)}` : (waitingReason(kind, connected) ?? `next at ${wireInstant(run_at)}`),
    last_error?.split('\n')[0] ?? '-',
  ])
  return table([['Number', 'Job', 'About', 'Attempts', 'When', 'Last error'], ...rows])
}
