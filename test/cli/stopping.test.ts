import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { type AddressInfo, connect as connectTo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { socketDirectory } from '../../src/db/embedded.ts'
import { npq, npqProcess, preparedDirectory, serve } from '../support/command.ts'
import { freePort } from '../support/free-port.ts'

type Answered = { status: number; closes: boolean }

function get(agent: Agent, url: string, token: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { authorization: `Bearer ${token}`, 'x-request-id': randomUUID() } }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, closes: response.headers.connection === 'close' }))
      response.once('error', reject)
    })
      .once('error', reject)
      .end()
  })
}

test('a server that is told to stop under load fails its health check, answers all that it accepted, and ends', { timeout: 90_000 }, async () => {
  const variables = { ENVIRONMENT: 'test', DATA_DIR: await preparedDirectory() }
  const token = (await npq(['token', 'issue', '--provider', 'Ambition Institute', '--label', 'load'], variables)).stdout.trim()
  const server = await serve({
    ...variables,
    STOP_DELAY_MS: '6000',
    LOG_LEVEL: 'warn',
    RATE_LIMIT_TOKEN: '1000000',
    RATE_LIMIT_EVERYTHING: '1000000',
  })

  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  let told = false
  let answered = 0
  let closing = 0
  // a proxy sends no more to a node whose health check fails: each of the 50 stops once it is told
  const worker = async () => {
    while (!told) {
      const { status, closes } = await get(agent, `${server.url}/api/v3/npq-applications?page[per_page]=20`, token)
      expect(status).toBe(200)
      answered++
      if (closes) closing++
    }
  }
  const load = Promise.all(Array.from({ length: 50 }, worker))
  while (answered < 200) await pause(20)

  const ended = server.stop()
  const health = new Agent()
  while ((await get(health, `${server.url}/up`, token)).status === 200) await pause(10)
  await pause(1000)
  told = true
  await load
  expect(await ended).toBe(0)
  expect(closing).toBeGreaterThan(0)
  agent.destroy()
})

test('of 50 clients that send on kept connections at random moments while the server stops, none meets a reset', { timeout: 90_000 }, async () => {
  const server = await serve({ ENVIRONMENT: 'test', DATA_DIR: await preparedDirectory(), LOG_LEVEL: 'warn', RATE_LIMIT_EVERYTHING: '1000000' })
  const failures: string[] = []
  let answered = 0
  let closing = 0
  const client = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    for (;;) {
      const answer = await get(agent, `${server.url}/up`, '').catch((error: NodeJS.ErrnoException) => error)
      if (answer instanceof Error) return answer.code === 'ECONNREFUSED' || failures.push(`${answer.code} after ${answered} answers`)
      answered++
      // its connection is gone: what it sends from now on goes elsewhere
      if (answer.closes) return closing++
      await pause(Math.random() * 1500)
    }
  }
  const load = Promise.all(Array.from({ length: 50 }, client))
  while (answered < 200) await pause(20)
  const ended = server.stop()
  await load
  expect(failures).toEqual([])
  expect(closing).toBe(50)
  expect(await ended).toBe(0)
})

test('clients that hold their connections open for ever do not keep the server from ending', { timeout: 60_000 }, async () => {
  const server = await serve({ ENVIRONMENT: 'test', DATA_DIR: await preparedDirectory(), STOP_GRACE_MS: '300' })
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  await Promise.all(Array.from({ length: 10 }, () => get(agent, `${server.url}/up`, '')))
  const silent = connectTo(Number(new URL(server.url).port), '127.0.0.1')
  silent.on('error', () => {})
  await once(silent, 'connect')
  expect(await server.stop()).toBe(0)
})

test('50 requests that wait for the database when the server is told to stop are answered after its port has closed', {
  timeout: 90_000,
}, async () => {
  const data = await preparedDirectory()
  const metricsPort = await freePort()
  const variables = { ENVIRONMENT: 'test', DATA_DIR: data, LOG_LEVEL: 'warn', METRICS_PORT: String(metricsPort) }
  const token = (await npq(['token', 'issue', '--provider', 'Ambition Institute', '--label', 'load'], variables)).stdout.trim()
  const server = await serve(variables)
  const { port } = new URL(server.url)

  // the embedded database serves no one else while a transaction is open
  const holder = new pg.Client({ host: socketDirectory(data), user: 'postgres', database: 'postgres' })
  await holder.connect()
  onTestFinished(() => holder.end().catch(() => {}))
  await holder.query('begin')
  // the look at the jobs waits first
  await vi.waitUntil(async () => (await unanswered(metricsPort)) === 1, { timeout: 20_000, interval: 50 })
  const agent = new Agent({ keepAlive: true })
  const asked = Promise.all(Array.from({ length: 50 }, () => get(agent, `${server.url}/api/v3/npq-applications`, token)))
  asked.catch(() => {})
  // all share one look at the tokens, and whoever connects after them is answered after they were taken in
  await vi.waitUntil(async () => (await unanswered(metricsPort)) === 2, { timeout: 20_000, interval: 50 })
  for (let later = 0; later < 2; later++) await get(new Agent(), `${server.url}/robots.txt`, token)

  const ended = server.stop()
  await vi.waitUntil(() => refuses(Number(port)), { timeout: 20_000, interval: 50 })
  await holder.query('commit')
  await holder.end()
  expect((await asked).map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
  expect(await ended).toBe(0)
})

test('a request that never comes whole does not keep the server from ending', { timeout: 60_000 }, async () => {
  const server = await serve({ ENVIRONMENT: 'test', DATA_DIR: await preparedDirectory(), REQUEST_TIMEOUT_MS: '1500', STOP_GRACE_MS: '100' })
  const { port } = new URL(server.url)
  for (const begun of ['POST /api/v3/nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{', 'GET /api/v3/noth']) {
    const socket = connectTo(Number(port), '127.0.0.1', () => socket.write(begun))
    socket.on('error', () => {})
    await vi.waitUntil(() => socket.bytesWritten > 0)
  }
  expect(await server.stop()).toBe(0)
})

test.each(['PORT', 'METRICS_PORT'])('a server whose %s is taken says so and ends', { timeout: 60_000 }, async (name) => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const port = String((taken.address() as AddressInfo).port)
  const variables = { ENVIRONMENT: 'test', DATA_DIR: await preparedDirectory(), PORT: String(await freePort()), LOG_LEVEL: 'fatal', [name]: port }
  expect(await npqProcess(['serve'], variables)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`127.0.0.1:${port} already: choose another`),
  })
})

/** How many requests have a connection of the database or wait for one. */
async function unanswered(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return ['busy', 'waiting'].reduce((sum, state) => sum + Number(new RegExp(`state="${state}"} (\\d+)`).exec(text)?.[1]), 0)
}

/** Whether nothing listens on the port any more. */
function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTo(port, '127.0.0.1')
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true))
    socket.once('connect', () => socket.destroy())
  })
}
