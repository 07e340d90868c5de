import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export type Answer = { status: number; retryAfter: string | undefined; body: string; milliseconds: number; at: number }

/** What became of a load: its answers, and what no client should see. */
export type Tally = { answers: Answer[]; faults: string[] }

/** One request; `at` is the moment of its answer on the clock of `performance.now()`. */
function get(agent: Agent, url: string, token: string): Promise<Answer> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text) => (body += text))
      response.once('error', reject).once('end', () => {
        const at = performance.now()
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body, milliseconds: at - began, at })
      })
    })
      .once('error', reject)
      .end()
  })
}

/** Lets so many clients ask one after the other until they are stopped. A 200 must have the body that it had at first, a 503 `retry-after`. */
export async function load(url: string, token: string, clients: number): Promise<{ tally: Tally; stop(): Promise<Tally> }> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const { body: right } = await get(agent, url, token)
  const tally: Tally = { answers: [], faults: [] }
  let stopped = false
  const client = async () => {
    while (!stopped) {
      const answer = await get(agent, url, token).catch((error: NodeJS.ErrnoException) => String(error.code ?? error.message))
      if (typeof answer === 'string') tally.faults.push(answer)
      else {
        tally.answers.push(answer)
        if (answer.status === 200 && answer.body !== right) tally.faults.push('a wrong body')
        if (answer.status !== 200 && !(answer.status === 503 && answer.retryAfter !== undefined)) tally.faults.push(`status ${answer.status}`)
      }
      // who was told to wait waits a little, so that refusals do not outnumber everything
      await pause(typeof answer === 'string' || answer.status !== 200 ? 20 : 2)
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  return {
    tally,
    async stop() {
      stopped = true
      await all
      agent.destroy()
      return tally
    },
  }
}

/** Milliseconds from a moment to the first 200 that was answered after it; undefined where there was none. */
export function firstSuccess({ answers }: Tally, after: number): number | undefined {
  const found = answers.filter(({ status, at }) => status === 200 && at >= after).map(({ at }) => at)
  return found.length > 0 ? Math.min(...found) - after : undefined
}
