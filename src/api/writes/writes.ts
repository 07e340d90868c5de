import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { problemAsData } from '../../http/answer.ts'
import { Problem } from '../../http/problems.ts'
import type { Reads } from '../reads/reads.ts'
import { tried } from './dry-run.ts'
import { keyInUse, keyReused } from './idempotency-key.ts'
import { claimKey, findKeptAnswer, keepAnswer, type OwnKey } from './kept-answers.ts'

export type WriteSettings = Readonly<{
  reads: Reads
  /** days for which an answer is kept under its key */
  keptDays: number
  /** milliseconds that a repeat waits for the first request */
  repeatWait: number
  /** told what became of every write with a key */
  repeated?: (outcome: 'first' | 'replayed' | 'reused' | 'in use') => void
}>

export type Write = Readonly<{
  providerId: number
  /** undefined where none was sent */
  key: string | undefined
  /** its fingerprint */
  request: string
  /** whether it is only tried: nothing is left of it, and nothing is kept */
  dryRun: boolean
}>

/** What a write is answered: the text is sent as it is. */
export type Answer = Readonly<{ status: number; body: string; replayed?: true }>

/** Milliseconds between two looks at whether the first request has ended: none holds a connection meanwhile. */
const betweenLooks = 50

/** How every write of the API is carried out: once under a key, where it has one. */
export function makeWrites({ reads, keptDays, repeatWait, repeated = () => {} }: WriteSettings) {
  return async function write({ providerId, key, request, dryRun }: Write, work: (db: Database) => Promise<unknown>): Promise<Answer> {
    return reads.write(providerId, async (db) => {
      if (dryRun) return { status: 200, body: JSON.stringify(await tried(db, work)) }
      if (key === undefined) return { status: 200, body: JSON.stringify(await work(db)) }
      const ends = performance.now() + repeatWait
      for (;;) {
        const answer = await once(db, { providerId, key }, request, work)
        if (answer) return answer
        if (performance.now() >= ends) {
          repeated('in use')
          throw keyInUse()
        }
        await pause(betweenLooks)
      }
    })
  }

  /** The kept answer, or the first one with what it did; undefined while another request has the key. */
  async function once(db: Database, own: OwnKey, request: string, work: (db: Database) => Promise<unknown>): Promise<Answer | undefined> {
    return transact(db, async (trx) => {
      if (!(await claimKey(trx, own))) return undefined
      const kept = await findKeptAnswer(trx, own, keptDays)
      if (kept && kept.request !== request) {
        repeated('reused')
        throw keyReused()
      }
      if (kept) {
        repeated('replayed')
        return { status: kept.status, body: kept.body, replayed: true }
      }
      const answer = await finalAnswer(() => work(trx))
      await keepAnswer(trx, own, { ...answer, request })
      repeated('first')
      return answer
    })
  }
}

/** What work gives, or the problem that it ends in. Throws what may come out otherwise when it is tried again. */
async function finalAnswer(work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { status: 200, body: JSON.stringify(await work()) }
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 429 || error.status >= 500) throw error
    return { status: error.status, body: problemAsData(error, false)?.text ?? '' }
  }
}
