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
  ])('refuses %s=%s and says what to put there', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} is .*(use|starts with)`))])
  })

  test('names everything that is wrong at once, and no secret', () => {
    const problems = problemsOf({ ENVIRONMENT: 'production', PORT: '-1', TOKEN_KEY: 'hush' })
    expect(problems).toHaveLength(4)
    expect(problems.join()).not.toContain('hush')
  })
})
