import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

const production = {
  ENVIRONMENT: 'production',
  DATABASE_URL: 'postgres://npq:secret@db/npq',
  TOKEN_KEY: 'k'.repeat(32),
  PUBLIC_URL: 'https://npq.example/',
}

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    readConfig(variables)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the configuration', () => {
  test('needs nothing for a sandbox', () => {
    expect(readConfig({})).toMatchObject({ environment: 'sandbox', port: 3000, publicUrl: 'http://127.0.0.1:3000', databaseUrl: undefined })
  })

  test('of production is complete with these', () => {
    expect(readConfig(production)).toMatchObject({ environment: 'production', publicUrl: 'https://npq.example' })
  })

  test('names each environment’s own address in the guidance, and the published one of the other', () => {
    expect(readConfig({ PORT: '3001' })).toMatchObject({
      sandboxUrl: 'http://127.0.0.1:3001',
      productionUrl: 'https://register-national-professional-qualifications.education.gov.uk',
    })
    expect(readConfig({ ...production, SANDBOX_URL: 'https://sandbox.example/' })).toMatchObject({
      sandboxUrl: 'https://sandbox.example',
      productionUrl: 'https://npq.example',
    })
  })

  test('has a replica of a database server alone', () => {
    const replica = { DATABASE_REPLICA_URL: 'postgres://npq:secret@replica/npq' }
    expect(readConfig({ ...production, ...replica })).toMatchObject({ databaseReplicaUrl: replica.DATABASE_REPLICA_URL, replicaLag: 10_000 })
    expect(problemsOf(replica)).toEqual(['DATABASE_REPLICA_URL needs DATABASE_URL: the embedded database has no replica.'])
  })

  test.each(['DATABASE_URL', 'TOKEN_KEY', 'PUBLIC_URL'])('of production names %s where it is missing', (name) => {
    expect(problemsOf({ ...production, [name]: ' ' })).toEqual([expect.stringContaining(`${name} is missing`)])
  })

  test.each([
    ['ENVIRONMENT', 'live'],
    ['PORT', '70000'],
    ['PORT', 'x'],
    ['TOKEN_KEY', 'short'],
    ['DATABASE_URL', 'mysql://db'],
    ['PUBLIC_URL', 'npq.example'],
    ['DATABASE_POOL_SIZE', '0'],
    ['CONTRACTS_TEAM_EMAIL', 'the contracts team'],
  ])('refuses %s=%s and says what to put there', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} is .*(use|starts with)`))])
  })

  test('names everything that is wrong at once, and no secret', () => {
    const problems = problemsOf({ ENVIRONMENT: 'production', PORT: '-1', TOKEN_KEY: 'hush' })
    expect(problems).toHaveLength(4)
    expect(problems.join()).not.toContain('hush')
  })

  test('holds the published rate limits unless a setting says otherwise', () => {
    const { limits } = readConfig({ RATE_LIMIT_SIGN_IN: '20', RATE_LIMIT_API_PAGES_SECONDS: '60' })
    expect(limits.token).toEqual({ requests: 1000, seconds: 300 })
    expect(limits.everything).toEqual({ requests: 1500, seconds: 300 })
    expect(limits.signIn).toEqual({ requests: 20, seconds: 300 })
    expect(limits.apiPages).toEqual({ requests: 300, seconds: 60 })
  })

  test('names a proxy, a store, a level and a switch that it cannot read', () => {
    const wrong = { TRUSTED_PROXIES: '10.0.0.0/8, all', REDIS_URL: 'http://x', LOG_LEVEL: 'loud', V1_V2_ENABLED: 'no', RATE_LIMIT_TOKEN: '0' }
    for (const [name, value] of Object.entries(wrong)) expect(() => readConfig({ [name]: value }), name).toThrow(name)
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1'])
  })
})
