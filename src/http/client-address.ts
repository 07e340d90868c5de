import { isIP } from 'node:net'

/** The address of a client without the port that some proxies append; `unknown` for what is no address. */
export function addressOf(given: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(given)?.[1]
  const address = bracketed ?? /^([\d.]+):\d+$/.exec(given)?.[1] ?? given
  return isIP(address) === 0 ? 'unknown' : address
}
