import type { Database } from '../../db/connect.ts'
import { type Replica, writtenTo } from '../../db/replica.ts'
import { isUnavailable } from '../../http/overload.ts'
import type { OwnWrites } from './own-writes.ts'

type Work<T> = (db: Database) => Promise<T>

/** On which database a provider's requests are carried out. */
export type Reads = Readonly<{
  read<T>(provider: number, work: Work<T>): Promise<T>
  /** what changes something, with the answer that shows it */
  write<T>(provider: number, work: Work<T>): Promise<T>
  /** what is true now, so that no later read of the provider shows anything older */
  readNewest<T>(provider: number, work: Work<T>): Promise<T>
}>

/** Everything on the one database that there is. */
export function primaryReads(db: Database): Reads {
  const onIt = <T>(_provider: number, work: Work<T>) => work(db)
  return { read: onIt, write: onIt, readNewest: onIt }
}

export type ReplicaReads = Readonly<{
  db: Database
  replica: Replica
  writes: OwnWrites
  /** told of every read, and of every change that the nodes could not be told of */
  decided?: (database: 'primary' | 'replica') => void
  untold?: (error: unknown) => void
}>

/**
 * Reads on the replica where it has replayed the provider's own newest change, by the place of that in the log of the primary; else, and
 * where it fails, on the primary.
 */
export function replicaReads({ db, replica, writes, decided = () => {}, untold = () => {} }: ReplicaReads): Reads {
  async function read<T>(provider: number, work: Work<T>): Promise<T> {
    // who cannot be told of its changes is asked nothing
    const newest = await writes.newest(provider).catch(() => undefined)
    if (newest === undefined || !replica.has(newest)) return readPrimary(work)
    try {
      const answer = await work(replica.db)
      decided('replica')
      return answer
    } catch (error) {
      if (!isUnavailable(error as Error)) throw error
      replica.failed()
      return readPrimary(work)
    }
  }

  function readPrimary<T>(work: Work<T>): Promise<T> {
    decided('primary')
    return work(db)
  }

  async function onPrimary<T>(provider: number, work: Work<T>): Promise<T> {
    try {
      return await work(db)
    } finally {
      // also after a failure, since a commit may have lost its answer
      await writtenTo(db)
        .then((place) => writes.note(provider, place))
        .catch(untold)
    }
  }

  return { read, write: onPrimary, readNewest: onPrimary }
}
