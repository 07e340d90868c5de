import { connect } from '../../src/db/connect.ts'
import { issue } from '../../src/domain/tokens/issue.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { freePort } from '../../test/support/free-port.ts'
import { type Environment, main, type Running, serve } from './process.ts'

export const tokenKey = 'a key of at least thirty-two characters'

/** Something that answers requests: where, to whom, and whose work it is. */
export type Side = Running & {
  origin: string
  headers: Record<string, string>
  /** the name that its connections give the database */
  application: string
  /** a process whose work counts as its own, such as the store of its limiter */
  store?: number
}

/** Starts the service on a database, with limits that nothing reaches. */
export async function startService(
  url: string,
  application: string,
  token: string,
  more: { args?: string[]; env?: Environment } = {},
): Promise<Side> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = {
    ENVIRONMENT: 'test',
    DATABASE_URL: url,
    TOKEN_KEY: tokenKey,
    PORT: String(port),
    PGAPPNAME: application,
    // a window of one second that no load fills; the limiter itself works as ever
    RATE_LIMIT_TOKEN: '1000000',
    RATE_LIMIT_TOKEN_SECONDS: '1',
    RATE_LIMIT_EVERYTHING: '1000000',
    RATE_LIMIT_EVERYTHING_SECONDS: '1',
    REDIS_URL: '',
    ...more.env,
  }
  const running = await serve([...(more.args ?? []), main, 'serve'], env, `${origin}/up`)
  return { ...running, origin, headers: { authorization: `Bearer ${token}` }, application }
}

/** Issues a token of a provider in a database. */
export async function tokenOf(url: string, provider: string): Promise<string> {
  const { db, close } = await connect({ databaseUrl: url, dataDirectory: '', poolSize: 1 })
  try {
    const token = makeToken('test')
    await issue(db, { now: Temporal.Now.instant(), author: 'Command bench', token, key: tokenKey, label: 'bench', scope: 'lead_provider', provider })
    return token
  } finally {
    await close()
  }
}
