import { createServer, type IncomingMessage, request, type Server } from 'node:http'

export type Dropped = { answers: number; requests: number; passed: number }

/**
 * A proxy in front of services that loses one answer in five once the service has given it, and cuts one request in ten: half of these
 * before they have come to the service, half with their body under way.
 */
export async function startDroppingProxy(urls: () => readonly string[]): Promise<{ url: string; dropped: Dropped; close(): Promise<void> }> {
  const dropped: Dropped = { answers: 0, requests: 0, passed: 0 }
  let turn = 0
  const server: Server = createServer(async (incoming, outgoing) => {
    const body = await readAll(incoming)
    const chance = Math.random()
    if (chance < 0.1) {
      dropped.requests++
      if (chance < 0.05 && body.length > 0) cutInHalf(target(), incoming, body)
      return void incoming.socket.destroy()
    }
    const passing = request(target() + (incoming.url ?? ''), { method: incoming.method, headers: incoming.headers }, async (answer) => {
      const text = await readAll(answer)
      if (Math.random() < 0.2) {
        dropped.answers++
        return void incoming.socket.destroy()
      }
      dropped.passed++
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(text)
    })
    passing.on('error', () => incoming.socket.destroy()).end(body)
  })
  const target = () => {
    const all = urls()
    return all[turn++ % all.length] ?? ''
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    dropped,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Sends the first half of a body, and then nothing more. */
function cutInHalf(url: string, { method, headers, url: path }: IncomingMessage, body: Buffer) {
  const cut = request(url + (path ?? ''), { method, headers }).on('error', () => {})
  cut.write(body.subarray(0, body.length / 2), () => cut.destroy())
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  try {
    for await (const part of stream) parts.push(part)
  } catch {
    // whoever sent it is gone
  }
  return Buffer.concat(parts)
}
