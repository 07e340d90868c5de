import type { Config } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { Act } from '../domain/history.ts'
import type { CarriedOutKind, Payload } from '../domain/job-kinds.ts'

/** Where jobs tell what people should know; never what a letter says. */
export type JobLog = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export type Letter = Payload<'send letter'>
/** Hands one letter to the mail service; throws where it does not take it. The signal is aborted when that has taken too long. */
export type SendMail = (letter: Letter, signal: AbortSignal) => Promise<void>

/** What a job works with. */
export type JobContext = {
  db: Database
  act: Act
  log: JobLog
  config: Pick<Config, 'environment' | 'contractsTeamEmail' | 'retention'>
  /** undefined where no mail service is connected: letters wait */
  send: SendMail | undefined
  /** aborted when the run has taken too long; work of many parts stops before the next */
  signal: AbortSignal
}

/** Carries one job out; it must be safe to run twice. */
export type Work<Kind extends CarriedOutKind> = (context: JobContext, payload: Payload<Kind>) => Promise<void>
