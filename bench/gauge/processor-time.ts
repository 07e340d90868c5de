import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/**
 * Milliseconds of processor time of a process so far, all its threads together, as the kernel counts them to the nanosecond
 * (/proc/PID/task/TID/schedstat). A thread or process that has ended counts for nothing.
 */
function processorTime(pid: number): number {
  let nanoseconds = 0
  for (const thread of threadsOf(pid)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0])
    } catch {
      // it ended in between
    }
  }
  return nanoseconds / 1e6
}

/** Mebibytes of memory in use by a process (VmRSS), or at most since the last call of `forgetPeak` (VmHWM). */
export function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes = '0'] = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}

/** The processes of the database server that work for one application, by the name that it gave when it connected. */
export async function backendsOf(admin: pg.Client, application: string): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>('select pid from pg_stat_activity where application_name = $1', [application])
  return rows.map(({ pid }) => pid)
}

/** Adds up what several processes used between two moments; those that came in between count from their start. */
export function stopwatch(pids: readonly number[]) {
  const before = new Map(pids.map((pid) => [pid, processorTime(pid)]))
  return (now: readonly number[]) => now.reduce((sum, pid) => sum + processorTime(pid) - (before.get(pid) ?? 0), 0)
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}
