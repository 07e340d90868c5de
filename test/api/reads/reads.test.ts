import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { memoryWrites, type OwnWrites, redisWrites } from '../../../src/api/reads/own-writes.ts'
import { connect } from '../../../src/db/connect.ts'
import { migrate } from '../../../src/db/migrate.ts'
import { openReplica } from '../../../src/db/replica.ts'
import { loadReference } from '../../../src/domain/reference/load.ts'
import { makeMetrics } from '../../../src/http/metrics.ts'
import { referenceFacts } from '../../../src/reference-files.ts'
import { type Cluster, programs, startCluster, startReplica } from '../../reliability/cluster.ts'
import { ask, makeApp, testConfig, tokenKey } from '../../support/app.ts'
import { serve } from '../../support/command.ts'
import { freePort } from '../../support/free-port.ts'
import * as make from '../../support/make.ts'
import { keyPrefix, redisAnswers, redisUrl } from '../../support/redis.ts'

const bin = programs()
if (bin === undefined) process.stderr.write('PostgreSQL has no programs here, so no replica is started and its tests are left out.\n')

const patience = { timeout: 30_000, interval: 50 }
/** Milliseconds by which the replica may lag. */
const mostLag = 6000

describe.runIf(bin !== undefined)('with a streaming replica', () => {
  test('a provider that wrote reads the primary until the replica has it, also on another node; others read the replica', {
    timeout: 180_000,
  }, async () => {
    const { primary, replica } = await servers()
    const { db } = await open(primary)
    await migrate(db)
    await loadReference(db, await referenceFacts(), { production: false })
    const [writer, other] = [await make.token(db, 'Ambition Institute'), await make.token(db, 'Best Practice Network')]
    const { public_id: id } = await make.application(db, { provider: 'Ambition Institute' })

    // without Redis one process knows; with it all nodes do
    const shared = await redisAnswers()
    const config = { ...testConfig, ...(shared && { redisUrl }) }
    const nodes = await Promise.all([node(primary, replica, config), ...(shared ? [node(primary, replica, config)] : [])])
    const path = `/api/v3/npq-applications/${id}`
    const status = (answer: Awaited<ReturnType<typeof ask>>) => answer.json().data.attributes.status
    for (const { app, readsOf } of nodes)
      await vi.waitUntil(async () => (await ask(app, path, { token: writer })) && (await readsOf('replica')) > 0, patience)

    await replica.ask('select pg_wal_replay_pause()')
    const [first, ...rest] = nodes
    if (!first) throw new Error('there is a first node')
    const accepted = await ask(first.app, `${path}/accept`, { token: writer, method: 'POST' })
    expect(accepted.statusCode).toBe(200)
    // what somebody else wrote for a provider it sees when the replica has it
    await make.application(db, { provider: 'Best Practice Network' })
    for (const { app, readsOf } of [first, ...rest]) {
      const before = await readsOf('primary')
      expect(status(await ask(app, path, { token: writer }))).toBe('accepted')
      expect(await readsOf('primary')).toBe(before + 1)
      const onReplica = await readsOf('replica')
      expect((await ask(app, '/api/v3/npq-applications', { token: other })).json()).toEqual({ data: [] })
      expect((await ask(app, '/api/v1/npq-applications.csv', { token: other })).body.trim().split('\n')).toHaveLength(1)
      expect(await readsOf('replica')).toBe(onReplica + 2)
    }

    await replica.ask('select pg_wal_replay_resume()')
    for (const { app, readsOf } of nodes) {
      const before = await readsOf('replica')
      await vi.waitUntil(async () => status(await ask(app, path, { token: writer })) === 'accepted' && (await readsOf('replica')) > before, patience)
    }

    const blind = await node(primary, replica, { ...config, redisUrl: 'redis://127.0.0.1:1' })
    await pause(1000)
    expect(status(await ask(blind.app, path, { token: writer }))).toBe('accepted')
    expect([await blind.readsOf('primary'), await blind.readsOf('replica')]).toEqual([1, 0])

    // a replica that lags more than it may serves nobody
    await replica.ask('select pg_wal_replay_pause()')
    await ask(first.app, `${path}/reject`, { token: writer, method: 'POST' })
    await vi.waitUntil(async () => {
      const before = await first.readsOf('primary')
      await ask(first.app, '/api/v3/npq-applications', { token: other })
      return (await first.readsOf('primary')) > before
    }, patience)
    await replica.ask('select pg_wal_replay_resume()')
    const fromReplica = await first.readsOf('replica')
    await vi.waitUntil(async () => (await ask(first.app, path, { token: writer })) && (await first.readsOf('replica')) > fromReplica, patience)

    const metricsPort = await freePort()
    const served = await serve({
      ENVIRONMENT: 'test',
      TOKEN_KEY: tokenKey,
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URL: replica.url,
      METRICS_PORT: String(metricsPort),
    })
    await vi.waitUntil(async () => {
      await fetch(`${served.url}${path}`, { headers: { authorization: `Bearer ${writer}` } })
      return /npq_reads_total\{database="replica"\} [1-9]/.test(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text())
    }, patience)
    expect(await served.stop()).toBe(0)

    // nor does one that has gone: the read that meets that is answered by the primary
    await replica.stop('immediate')
    for (let asked = 0; asked < 10; asked++) expect((await ask(first.app, path, { token: writer })).statusCode).toBe(200)
    expect(status(await ask(first.app, path, { token: writer }))).toBe('rejected')
  })
})

describe.each([
  ['one process', true, async () => memoryWrites()],
  ['all nodes', await redisAnswers(), shared],
])('the changes that %s know', (_whose, there, open: () => Promise<OwnWrites>) => {
  test.runIf(there)('are each provider’s newest, in whatever order they are noted', async () => {
    const writes = await open()
    expect(await writes.newest(1)).toBe(0n)
    for (const place of [900n, 1000n, 999n, 2n ** 63n, 5n]) await writes.note(1, place)
    await writes.note(2, 7n)
    expect([await writes.newest(1), await writes.newest(2), await writes.newest(3)]).toEqual([2n ** 63n, 7n, 0n])
  })
})

test.runIf(await redisAnswers())('what one node noted another knows, until it has been kept long enough', async () => {
  const prefix = keyPrefix()
  const [one, two] = [await shared(prefix, 300), await shared(prefix, 300)]
  await one.note(1, 10n)
  expect(await two.newest(1)).toBe(10n)
  await vi.waitUntil(async () => (await two.newest(1)) === 0n, patience)
})

async function shared(prefix = keyPrefix(), kept = 10_000): Promise<OwnWrites> {
  let there = false
  const writes = redisWrites({ url: redisUrl, prefix, kept, onNew: () => (there = true) })
  onTestFinished(() => writes.close())
  await vi.waitUntil(() => there)
  return writes
}

async function servers(): Promise<{ primary: Cluster; replica: Cluster }> {
  const primary = await startCluster(bin ?? '', {})
  onTestFinished(() => primary.close())
  const replica = await startReplica(bin ?? '', primary)
  onTestFinished(() => replica.close())
  return { primary, replica }
}

async function open({ url }: Cluster) {
  const connection = await connect({ databaseUrl: url, dataDirectory: '', poolSize: 5 })
  onTestFinished(() => connection.close())
  return connection
}

/** A node with the replica, whose reads are counted by the database that answered them. */
async function node(primary: Cluster, { url }: Cluster, config: typeof testConfig) {
  const { db } = await open(primary)
  const replica = await openReplica(db, { url, poolSize: 3, mostLag, connectionTimeout: 1000 })
  const metrics = makeMetrics()
  const app = await makeApp({ config: { ...config, replicaLag: mostLag }, db, replica, metrics })
  onTestFinished(async () => {
    await app.close()
    await replica.close()
  })
  const readsOf = async (database: 'primary' | 'replica') =>
    (await metrics.reads.get()).values.find(({ labels }) => labels.database === database)?.value ?? 0
  return { app, readsOf }
}
