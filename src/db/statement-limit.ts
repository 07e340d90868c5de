import { Worker } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'

type Flags = { HEAPU8: Uint8Array; _InterruptPending: number; _QueryCancelPending: number }

/**
 * Ends statements of the embedded database that run longer, as a server's `statement_timeout` does: no timer of its own can interrupt
 * it, since it runs in this thread. So another thread watches the clock and, through the inspector's interrupt, has the flags raised
 * that PostgreSQL looks at while it works. A statement that waits without working, such as `pg_sleep`, ends only after its wait.
 */
export async function limitStatements(database: PGlite, milliseconds: number): Promise<{ close(): Promise<void> }> {
  /** when the message that is being carried out began, in milliseconds; 0 for none */
  const began = new BigInt64Array(new SharedArrayBuffer(8))
  const flags = database.Module as unknown as Flags
  const name = `npqCancelStatement${++limited}`
  Object.defineProperty(globalThis, name, {
    configurable: true,
    value: (of: string) => {
      if (String(Atomics.load(began, 0)) !== of) return
      flags.HEAPU8[flags._QueryCancelPending] = 1
      flags.HEAPU8[flags._InterruptPending] = 1
    },
  })
  const run = database.execProtocolRawStream.bind(database)
  database.execProtocolRawStream = async (message, options) => {
    Atomics.store(began, 0, BigInt(Date.now()))
    try {
      return await run(message, options)
    } finally {
      Atomics.store(began, 0, 0n)
      // one that ended just now leaves nothing for the next
      flags.HEAPU8[flags._QueryCancelPending] = 0
    }
  }
  const watch = new Worker(new URL('./statement-watch.ts', import.meta.url), { workerData: { began, milliseconds, name } })
  watch.unref()
  return {
    async close() {
      await watch.terminate()
      Reflect.deleteProperty(globalThis, name)
    },
  }
}

let limited = 0
