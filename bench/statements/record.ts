import { readFile, truncate, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../gauge/load.ts'
import type { Recorded } from './recorder.ts'

/** One look at the tokens in a quarter of a second, and one statement with the audits of a tenth of it, serve all requests: they are part of none. */
const ofAllRequests = /"api_tokens"|"api_request_audits"/

/** The statements that one call sends to the database, in the order in which they were sent. */
export async function record(file: string, origin: string, headers: Record<string, string>, call: Call): Promise<Recorded[]> {
  await truncate(file).catch(() => writeFile(file, ''))
  const answer = await fetch(origin + call.path, {
    method: call.method,
    headers: { ...headers, ...(call.body !== undefined && { 'content-type': 'application/json' }) },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${call.path} was answered ${answer.status}: ${text.slice(0, 500)}`)
  let seen = -1
  for (;;) {
    // some are written down after the answer
    await pause(40)
    const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean)
    if (lines.length === seen) {
      const all = lines.map((line) => JSON.parse(line) as Recorded).sort((one, other) => one.place - other.place)
      return all.filter(({ text }) => !ofAllRequests.test(text))
    }
    seen = lines.length
  }
}
