import type { Database } from '../db/connect.ts'
import type { Act } from '../domain/history.ts'

/** Where jobs tell what people should know; never what a letter says. */
export type JobLog = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** What a job works with. */
export type JobContext = {
  db: Database
  act: Act
  log: JobLog
  /** aborted when the run has taken too long; work of many parts stops before the next */
  signal: AbortSignal
  /** undefined: the contracts team gets no letters */
  contractsTeamEmail: string | undefined
}

/** Carries one job out; it must be safe to run twice. */
export type Work = (context: JobContext, payload: Record<string, unknown>) => Promise<void>
