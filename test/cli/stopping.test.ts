import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { dataDirectory, npq, serve } from '../support/command.ts'

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
  const variables = { ENVIRONMENT: 'test', DATA_DIR: await dataDirectory() }
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
