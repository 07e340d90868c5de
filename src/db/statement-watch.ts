import { Session } from 'node:inspector'
import { setTimeout as pause } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'

/** The thread beside the embedded database: has what runs too long cancelled, over and over until it ends. */
const { began, milliseconds, name } = workerData as { began: BigInt64Array; milliseconds: number; name: string }
const glance = 100

for (;;) {
  await pause(glance)
  const since = Atomics.load(began, 0)
  if (since === 0n || Date.now() - Number(since) < milliseconds) continue
  const session = new Session()
  session.connectToMainThread()
  while (Atomics.load(began, 0) === since) {
    // the answer is not waited for: it may not come before the statement has ended
    session.post('Runtime.evaluate', { expression: `${name}('${since}')` })
    await pause(glance)
  }
  session.disconnect()
}
