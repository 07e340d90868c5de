import { Agent, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { pauseAfter } from '../../src/cli/serve/workers.ts'
import { tokenKey } from '../support/app.ts'
import { dataDirectory, npq, npqProcess, serve } from '../support/command.ts'
import { database, databaseUrl, onPostgres } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import * as make from '../support/make.ts'
import { redisAnswers, redisUrl } from '../support/redis.ts'

const two = ['--workers', '2']
const withAll = onPostgres && (await redisAnswers())

describe('npq serve --workers', () => {
  test('is refused on the embedded database, and says why', async () => {
    const { status, stderr } = await npq(['serve', ...two], { DATA_DIR: await dataDirectory() })
    expect(status).toBe(1)
    expect(stderr).toContain('The embedded database belongs to one process')
  })

  test('is refused without Redis, and says why', async () => {
    const { status, stderr } = await npq(['serve', ...two], { DATABASE_URL: 'postgres://127.0.0.1:1/none', DATA_DIR: await dataDirectory() })
    expect(status).toBe(1)
    expect(stderr).toContain('Set REDIS_URL, or serve with one worker.')
  })

  test.each(['0', '1.5', 'all', '65'])('takes no %s', async (number) => {
    const { status, stderr } = await npq(['serve', '--workers', number])
    expect(status).toBe(1)
    expect(stderr).toContain('Give a whole number from 1 to 64.')
  })

  test('waits ever longer before it replaces workers that do not last', () => {
    expect([0, 1, 2, 3, 20].map(pauseAfter)).toEqual([250, 500, 1000, 2000, 30_000])
  })
})

describe.runIf(withAll)('two workers', () => {
  const settings = async (more: Record<string, string> = {}) => ({
    ENVIRONMENT: 'test',
    TOKEN_KEY: tokenKey,
    DATABASE_URL: await databaseUrl(),
    REDIS_URL: redisUrl,
    RATE_LIMIT_EVERYTHING: '1000000',
    RATE_LIMIT_TOKEN: '1000000',
    ...more,
  })

  test('both answer, and what they count is shown together, also when one of them has gone and was replaced', async () => {
    const token = await make.token(await database())
    const metricsPort = await freePort()
    const server = await serve(await settings({ METRICS_PORT: String(metricsPort) }), two)
    const ask = () => get(new Agent(), `${server.url}/api/v3/npq-applications`, token)
    await vi.waitUntil(async () => (await ask()).status === 200 && pidsOf(server.output()).size === 2, { timeout: 20_000, interval: 50 })
    const lists = async () => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      return Number(/npq_request_duration_seconds_count{.*npq-applications.*} (\d+)/.exec(text)?.[1])
    }
    const before = await lists()
    expect(before).toBe(answeredLists(server.output()))
    for (let asked = 0; asked < 20; asked++) expect((await ask()).status).toBe(200)
    await vi.waitUntil(async () => (await lists()) === before + 20, { timeout: 10_000 })

    const [first = 0] = pidsOf(server.output())
    process.kill(first, 'SIGKILL')
    await vi.waitUntil(async () => (await ask()).status === 200 && pidsOf(server.output()).size === 3, { timeout: 30_000, interval: 50 })
    expect(server.output()).toContain('a worker ended: another takes its place')
    expect(await lists()).toBeGreaterThanOrEqual(before + 20)
    expect(await server.stop()).toBe(0)
  })

  test('stop under load without a reset: what comes on kept connections is answered', async () => {
    const server = await serve(await settings({ LOG_LEVEL: 'warn' }), two)
    const failures: string[] = []
    let answered = 0
    let closing = 0
    const client = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      onTestFinished(() => agent.destroy())
      for (;;) {
        const answer = await get(agent, `${server.url}/up`).catch((error: NodeJS.ErrnoException) => error)
        if (answer instanceof Error) return failures.push(`${answer.code} after ${answered} answers`)
        answered++
        // its connection is gone: what it sends from now on goes elsewhere
        if (answer.closes) return closing++
        await pause(Math.random() * 1500)
      }
    }
    const load = Promise.all(Array.from({ length: 50 }, client))
    await vi.waitUntil(() => answered >= 200, { timeout: 20_000 })
    const ended = server.stop()
    await load
    expect(failures).toEqual([])
    expect(closing).toBe(50)
    expect(await ended).toBe(0)
  })

  test('that cannot start end the command with the reason and a status of 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await vi.waitUntil(() => taken.listening)
    const { port } = taken.address() as AddressInfo
    const { status, stderr } = await npqProcess(['serve', ...two], await settings({ PORT: String(port), LOG_LEVEL: 'fatal' }))
    expect(status).toBe(1)
    expect(stderr).toContain(`127.0.0.1:${port} already: choose another`)
    expect(stderr).toContain('npq: A worker could not start.')
  })
})

type Answered = { status: number; closes: boolean }

function get(agent: Agent, url: string, token?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { ...(token && { authorization: `Bearer ${token}` }) } }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, closes: response.headers.connection === 'close' }))
      response.once('error', reject)
    })
      .once('error', reject)
      .end()
  })
}

/** The answers to lists in a log. */
function listLines(output: string): { pid: number }[] {
  const lines = output.split('\n').filter((line) => line.includes('"answered"') && line.includes('npq-applications'))
  return lines.map((line) => JSON.parse(line))
}

function answeredLists(output: string): number {
  return listLines(output).length
}

/** The processes that answered lists. */
function pidsOf(output: string): Set<number> {
  return new Set(listLines(output).map(({ pid }) => pid))
}
