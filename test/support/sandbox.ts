import type { FastifyInstance } from 'fastify'
import type { Parts } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import type { Database } from '../../src/db/connect.ts'
import { hashToken, makeToken } from '../../src/domain/tokens/token.ts'
import { makeApp, testConfig, tokenKey } from './app.ts'
import { insert, provider } from './make.ts'

export const sandboxConfig: Config = { ...testConfig, environment: 'sandbox' }

/** The server as it is in a sandbox. */
export function makeSandboxApp(parts: Partial<Parts> = {}): Promise<FastifyInstance> {
  return makeApp({ config: sandboxConfig, ...parts })
}

/** A token's clear text, issued to a provider in the sandbox. */
export async function sandboxToken(db: Database, providerName?: string): Promise<string> {
  const text = makeToken('sandbox')
  await insert(db, 'api_tokens', {
    hashed_token: hashToken(text, tokenKey),
    label: 'for a test',
    issued_by: 'Command test',
    lead_provider_id: (await provider(db, providerName)).id,
  })
  return text
}
