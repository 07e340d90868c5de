import { once } from 'node:events'
import { freePort } from '../../test/support/free-port.ts'
import type { Call } from '../gauge/load.ts'
import { serve } from './process.ts'
import type { Side } from './service.ts'

/** An answer by heart, its body in base64. */
export type Canned = { call: Call; status: number; headers: Record<string, string>; body: string }

/** Starts a bare server. */
export async function startBare(): Promise<Side> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const running = await serve([new URL('bare-program.ts', import.meta.url).pathname], { PORT: String(port) }, origin)
  return { ...running, origin, headers: {}, application: '' }
}

/** Teaches a bare server the answers of another to these calls: status, headers and bytes. */
export async function teach(bare: Side, teacher: Side, calls: readonly Call[]): Promise<{ bytes: number; rows: number }> {
  let bytes = 0
  let rows = 0
  for (const call of calls) {
    const answer = await fetch(teacher.origin + call.path, {
      method: call.method,
      headers: { ...teacher.headers, 'accept-encoding': 'identity', ...(call.body !== undefined && { 'content-type': 'application/json' }) },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    })
    const body = Buffer.from(await answer.arrayBuffer())
    if (!answer.ok) throw new Error(`${call.path} was answered ${answer.status}: ${body.toString().slice(0, 500)}`)
    const kept = [...answer.headers].filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding', 'date'].includes(name))
    const headers = { ...Object.fromEntries(kept), 'content-length': String(body.length) }
    const canned: Canned[] = [{ call: { method: call.method, path: call.path }, status: answer.status, headers, body: body.toString('base64') }]
    bare.child.send(canned)
    await once(bare.child, 'message')
    bytes += body.length
    rows += rowsIn(body)
  }
  return { bytes: Math.round(bytes / calls.length), rows: Math.round(rows / calls.length) }
}

function rowsIn(body: Buffer): number {
  if (body[0] !== 0x7b) return body.toString().split('\n').length - 2
  const { data } = JSON.parse(body.toString()) as { data?: unknown }
  return Array.isArray(data) ? data.length : 1
}
