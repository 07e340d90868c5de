import type { Asked } from './asked/asked.ts'
import type { Loaded } from './dataset/kept.ts'
import type { Measured } from './gauge/measured.ts'

export type SideName = 'service' | 'bare' | 'pgbench' | 'express' | 'directus'

/** One thing that was asked of several sides: rows and bytes of an answer, and the medians of each side over the rounds. */
export type Compared = Pick<Asked, 'noun' | 'kind' | 'detail'> & { rows: number; bytes: number; sides: Partial<Record<SideName, Measured>> }

/** All applications of the largest provider as CSV: seconds, and mebibytes of memory more than before. */
export type Csv = { rows: number; bytes: number; service: number; bare: number; copy: number; memory: number; node: number; postgres: number }

/** Processor time of a list's first page by the number of applications, milliseconds. */
export type Growth = { noun: string; sizes: { applications: number; node: number; postgres: number }[] }

/** Milliseconds of processor time that the limiter adds to a request, on each store; of a store of its own the store's too. */
export type Limiter = { memory: number; redis?: number }

/** Seconds from `npm start` until the sandbox shows its token. */
export type Starts = { first: number; later: number }

export type Machine = {
  processor: string
  processors: number
  memory: string
  node: string
  postgres: string
  settings: Record<string, string>
  /** the load of the machine over the run's last quarter of an hour; above the number of processors others were at work */
  load: number
  commit: string
  date: string
}

export type Results = {
  applications: number
  rounds: number
  milliseconds: number
  records: Record<string, number>
  loaded?: Loaded
  compared: Compared[]
  csv: Csv
  growth: Growth[]
  limiter: Limiter
  starts: Starts
  machine: Machine
  seconds: number
}
