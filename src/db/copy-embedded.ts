import { constants, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { databaseFolder, type EmbeddedDatabase, ownEmbedded } from './embedded.ts'

/**
 * Opens a copy of the embedded database that another process owns, as it is between two transactions. `pool` leads to it through its
 * owner. The copy lies in DATA_DIR and goes when it is closed; one that a killed process left goes with the next.
 * Returns undefined where another process has a copy open.
 */
export async function copyEmbedded(pool: pg.Pool, dataDirectory: string): Promise<EmbeddedDatabase | undefined> {
  const folder = join(dataDirectory, 'copy')
  const copy = await ownEmbedded(folder, {
    durable: false,
    fill: (to) => copyOwned(pool, databaseFolder(dataDirectory), to),
  })
  return (
    copy && {
      directory: copy.directory,
      async close() {
        await copy.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  )
}

async function copyOwned(pool: pg.Pool, from: string, to: string): Promise<void> {
  rmSync(to, { recursive: true, force: true })
  const session = await pool.connect()
  try {
    const begun = Date.now()
    copyChanged(from, to, 0)
    // an open transaction has the one session of the database, so nobody writes: what was written during the first pass is copied again.
    // What is committed, but not in its files yet, is in the log, from which the copy takes it when it is opened. A checkpoint would
    // bring it into the files, and everyone would wait for all of them to be on the disk.
    await session.query('begin')
    copyChanged(from, to, begun - coarseness)
    await session.query('rollback')
  } finally {
    session.release()
  }
}

/** Milliseconds by which the time of a file's last change may be wrong. */
const coarseness = 2000

/** Copies the files that changed since, and takes away those that are there no more. */
function copyChanged(from: string, to: string, since: number): void {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const entries = readdirSync(from, { withFileTypes: true })
  const copied = new Set(readdirSync(to))
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyChanged(source, target, since)
    else if (!copied.has(entry.name) || changedAt(source) >= since) copyIfThere(source, target)
    copied.delete(entry.name)
  }
  for (const gone of copied) rmSync(join(to, gone), { recursive: true, force: true })
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** A file may go while the first pass comes to it. */
function copyIfThere(source: string, target: string): void {
  try {
    copyFileSync(source, target, constants.COPYFILE_FICLONE)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
}
