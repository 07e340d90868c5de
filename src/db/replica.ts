import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { type ConnectOptions, connect, type Database } from './connect.ts'

/** A place in the log of what the primary writes; what was written later lies higher. */
export type LogPlace = bigint

export type Replica = Readonly<{
  db: Database
  /** whether it answers, lags no more than it may, and has replayed what was written up to this place */
  has(place: LogPlace): boolean
  /** notes that it failed a query: nobody is sent to it until it has answered again */
  failed(): void
  /** takes it for one that is not known yet: it must first replay all that the primary has written by now */
  mistrust(): void
  close(): Promise<void>
}>

export type ReplicaOptions = Pick<ConnectOptions, 'poolSize' | 'statementTimeout' | 'connectionTimeout' | 'onQuery'> & {
  url: string
  /** milliseconds; what the primary held longer ago than this it must hold too */
  mostLag: number
}

/** Milliseconds between two looks at how far it is, and that it has to answer one. */
const betweenLooks = 250
const patience = 1000

/** Opens a streaming replica of the primary, and watches how far it has come. */
export async function openReplica(primary: Database, { url, mostLag, ...options }: ReplicaOptions): Promise<Replica> {
  const reading = await connect({ ...options, databaseUrl: url, dataDirectory: '' })
  const looking = await connect({ databaseUrl: url, dataDirectory: '', poolSize: 1, statementTimeout: patience, connectionTimeout: patience })
  let replayed: LogPlace | undefined
  /** it holds whatever was committed before this moment */
  let current = Number.NEGATIVE_INFINITY
  let awaited: { since: number; place: LogPlace } | undefined
  let doubts = 0
  const stop = new AbortController()

  async function look() {
    const since = performance.now()
    const before = doubts
    const [place, reached] = await Promise.all([writtenTo(primary), replayedTo(looking.db).catch(() => undefined)])
    // what was asked before the doubt says nothing of what was written until then
    if (doubts !== before) return
    replayed = reached
    awaited ??= { since, place }
    if (reached === undefined || reached < awaited.place) return
    current = awaited.since
    awaited = undefined
  }

  async function watch() {
    while (!stop.signal.aborted) {
      // a primary that does not answer is met by those who ask it
      await look().catch(() => {})
      await pause(betweenLooks, undefined, { signal: stop.signal }).catch(() => {})
    }
  }

  const watching = watch()
  return {
    db: reading.db,
    has: (place) => replayed !== undefined && replayed >= place && performance.now() - current <= mostLag,
    failed() {
      replayed = undefined
    },
    mistrust() {
      doubts++
      awaited = undefined
      current = Number.NEGATIVE_INFINITY
    },
    async close() {
      stop.abort()
      await watching
      await Promise.all([reading.close(), looking.close()])
    },
  }
}

/** Up to where the primary has written: a change that was committed before lies below. */
export async function writtenTo(primary: Database): Promise<LogPlace> {
  const { rows } = await sql<{ place: string }>`select (pg_current_wal_insert_lsn() - '0/0')::text as place`.execute(primary)
  return BigInt(rows[0]?.place ?? 0)
}

/** How far a replica has replayed; undefined where it is none, or none any more. */
async function replayedTo(replica: Database): Promise<LogPlace | undefined> {
  const { rows } = await sql<{ place: string | null }>`
    select case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::text end as place`.execute(replica)
  const place = rows[0]?.place
  return place ? BigInt(place) : undefined
}
