import type pg from 'pg'

const mebibyte = 1024 * 1024

type Bounds = {
  /** bytes that were written to the log since the last checkpoint, from which on there is another */
  most?: number
  /** milliseconds between two looks */
  every?: number
}

/**
 * Keeps the write-ahead log of the embedded database short. A server has a process that makes checkpoints; alone, PostgreSQL makes
 * one only when it stops, and until then the log grows with everything that is written. Returns what ends it.
 */
export function boundLog(pool: pg.Pool, { most = 64 * mebibyte, every = 60_000 }: Bounds = {}): () => void {
  const looking = setInterval(() => {
    // whatever goes wrong, the next look comes
    checkpointAbove(pool, most).catch(() => {})
  }, every)
  looking.unref()
  return () => clearInterval(looking)
}

async function checkpointAbove(pool: pg.Pool, most: number): Promise<void> {
  const { rows } = await pool.query<{ due: boolean }>('select pg_current_wal_lsn() - redo_lsn > $1 as due from pg_control_checkpoint()', [most])
  if (rows[0]?.due) await pool.query('checkpoint')
}
