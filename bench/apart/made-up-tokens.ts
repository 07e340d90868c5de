import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryWindows } from '../../src/api/rate-limit/memory-windows.ts'
import { countsOf } from '../../src/api/rate-limit/rules.ts'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { heapInUse } from '../../test/support/heap.ts'

// What made-up tokens leave behind: 100,000 different ones, half of them with a right checksum so that they are looked up,
// through the whole server from one address; and in the limiter alone, when each comes from an address of its own.
// Run: npm run bench:made-up-tokens

const requests = Number(process.env['REQUESTS'] ?? 100_000)
const folder = await mkdtemp(join(tmpdir(), 'npq-bench-'))
const config = readConfig({ ENVIRONMENT: 'test', DATA_DIR: folder })
const connection = await connect({ databaseUrl: undefined, dataDirectory: folder, poolSize: 10, own: true })
await migrate(connection.db)
const app = await buildApp({ config, db: connection.db, pool: connection.pool, tokenKey: 'a key of at least thirty-two characters', log: false })

const statuses = new Map<number, number>()
async function send(howMany: number) {
  const one = async (place: number) => {
    const token = place % 2 === 0 ? makeToken('test') : `${makeToken('test')}x`
    const { statusCode } = await app.inject({
      url: '/api/v3/npq-applications',
      headers: { authorization: `Bearer ${token}` },
      remoteAddress: '203.0.113.7',
    })
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
  }
  // more at once than may wait to be refused, which takes its time
  const atOnce = Math.min(5000, howMany)
  for (let sent = 0; sent < howMany; sent += atOnce) await Promise.all(Array.from({ length: atOnce }, (_, place) => one(sent + place)))
}

// what the code itself needs is there before the measure begins
await send(2000)
statuses.clear()
const before = heapInUse()
await send(requests)
const growth = (heapInUse() - before) / 1024 / 1024
const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')
process.stdout.write(`${requests} different made-up tokens of one client: heap ${growth.toFixed(2)} MiB larger; ${answers}\n`)

const windows = memoryWindows()
const clean = heapInUse()
for (let client = 0; client < requests; client++) {
  const facts = { path: '/api/v3/npq-applications', client: `client ${client}`, token: undefined, presented: true }
  await windows.take(countsOf(facts, config.limits))
}
process.stdout.write(`as many clients in the limiter: ${((heapInUse() - clean) / 1024 / 1024).toFixed(2)} MiB\n`)

await app.close()
await connection.close()
await rm(folder, { recursive: true })
process.exitCode = growth < 10 ? 0 : 1
