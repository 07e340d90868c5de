import { once } from 'node:events'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { makeApp } from '../support/app.ts'
import { database, databaseUrl, onPostgres } from '../support/database.ts'
import { firstSuccess, load } from '../support/load.ts'
import * as make from '../support/make.ts'

describe('a server whose database', () => {
  test.runIf(onPostgres)('cuts its connections under load answers 200 or 503 with retry-after, and 200 within a second of the end', async () => {
    const db = await database()
    const token = await make.token(db)
    await make.application(db)
    const url = await open((text) => text)
    const running = await load(`${url}/api/v3/npq-applications`, token, 20)
    const admin = new pg.Client({ connectionString: await databaseUrl() })
    await admin.connect()
    for (let cut = 0; cut < 60; cut++) {
      await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'served'")
      await pause(20)
    }
    await admin.end()
    const back = performance.now()
    await pause(1200)
    const tally = await running.stop()
    expect(tally.faults).toEqual([])
    expect(new Set(tally.answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
    expect(firstSuccess(tally, back)).toBeLessThan(1000)
  })

  test.runIf(onPostgres)('freezes answers 503 once its time is over, and 200 as soon as it goes on', async () => {
    const token = await make.token(await database())
    const line = await freezable(new URL(await databaseUrl()))
    const url = await open((text) => text.replace(/@[^/]+/, `@127.0.0.1:${line.port}`))
    const running = await load(`${url}/api/v3/npq-applications`, token, 5)
    line.freeze()
    await pause(4500)
    line.thaw()
    const back = performance.now()
    await pause(1200)
    const tally = await running.stop()
    expect(tally.faults).toEqual([])
    expect(new Set(tally.answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
    expect(firstSuccess(tally, back)).toBeLessThan(1000)
    // statement, silence, connection: nobody waits longer than these together
    expect(Math.max(...tally.answers.map(({ milliseconds }) => milliseconds))).toBeLessThan(4000)
  })

  test.runIf(onPostgres)('leaves its connections without a word answers 200 over new ones once the time of the old is over', async () => {
    const token = await make.token(await database())
    const line = await freezable(new URL(await databaseUrl()))
    const url = await open((text) => text.replace(/@[^/]+/, `@127.0.0.1:${line.port}`))
    const running = await load(`${url}/api/v3/npq-applications`, token, 10)
    await pause(200)
    line.freeze()
    line.takeNew()
    const lost = performance.now()
    await pause(4000)
    const tally = await running.stop()
    expect(tally.faults).toEqual([])
    expect(firstSuccess(tally, lost + 3000)).toBeLessThan(500)
  })
})

/** A served app on the worker's database, by connections of its own. */
async function open(through: (url: string) => string): Promise<string> {
  const connection = await connect({
    databaseUrl: `${through(await databaseUrl())}?application_name=served`,
    dataDirectory: '',
    poolSize: 5,
    statementTimeout: 300,
    connectionTimeout: 1000,
  })
  const app = await makeApp({ db: connection.db, pool: connection.pool })
  onTestFinished(async () => {
    await app.close()
    await connection.close()
  })
  return app.listen({ host: '127.0.0.1', port: 0 })
}

/** A line to a server that can be made to carry nothing, as a server that is stopped where it is. */
async function freezable({ hostname, port }: URL) {
  const sockets = new Set<Socket>()
  let frozen = false
  const server = createServer((near) => {
    const far = connectTo(Number(port || 5432), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      if (frozen) from.pause()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    takeNew() {
      frozen = false
    },
    thaw() {
      frozen = false
      for (const socket of sockets) socket.resume()
    },
  }
}
