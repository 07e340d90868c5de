import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'

export type DrainSettings = Readonly<{
  /** milliseconds for which an idle connection is kept for one more request */
  grace: number
  /** milliseconds that a request may take to come whole and be answered */
  longest: number
}>

/**
 * Closes the port and waits until all connections have ended. A client may have sent a request on a kept connection before it can know
 * that we stop, so none is closed at once: what still comes is answered, and that answer ends the connection.
 */
export async function drain(server: Server, { grace, longest }: DrainSettings): Promise<void> {
  if (!server.listening) return
  // the connections that wait to be accepted are taken before the port closes
  await turn()
  const ended = new Promise((resolve) => server.once('close', resolve))
  // the close of an HTTP server would also end its idle connections, whatever is under way on them
  NetServer.prototype.close.call(server)
  await first(ended, grace)
  server.closeIdleConnections()
  await first(ended, longest)
  server.closeAllConnections()
}

async function first(ended: Promise<unknown>, milliseconds: number): Promise<void> {
  const stop = new AbortController()
  await Promise.race([ended, pause(milliseconds, undefined, { signal: stop.signal }).catch(() => {})])
  stop.abort()
}
