import { resolve } from 'node:path'

export const environments = ['production', 'sandbox', 'staging', 'review', 'development', 'test'] as const
export type Environment = (typeof environments)[number]

export type Config = Readonly<{
  environment: Environment
  host: string
  port: number
  /** where providers reach the service, without a trailing slash */
  publicUrl: string
  /** undefined: the embedded database in `dataDirectory` */
  databaseUrl: string | undefined
  dataDirectory: string
  /** undefined: a key is made and kept in `dataDirectory` */
  tokenKey: string | undefined
  databasePoolSize: number
  gitCommitSha: string | null
  /** where providers ask for help, on every page of the site */
  supportEmail: string
  supportChannel: string
  /** the addresses that the guidance names */
  productionUrl: string
  sandboxUrl: string
}>

/** What is missing or wrong in the environment, one line a setting. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the environment once and checks it; throws a ConfigError that names everything to put right. */
export function readConfig(variables: Variables): Config {
  const problems: string[] = []
  const value = (name: string) => variables[name]?.trim() || undefined

  const environment = value('ENVIRONMENT') ?? 'sandbox'
  if (!isEnvironment(environment)) problems.push(`ENVIRONMENT is ${environment}: use one of ${environments.join(', ')}.`)
  const production = environment === 'production'

  const whole = (name: string, fallback: number, least: number, most: number) => {
    const text = value(name)
    if (text === undefined) return fallback
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= most) return number
    problems.push(`${name} is ${text}: use a whole number from ${least} to ${most}.`)
    return fallback
  }
  const url = (name: string, protocols: readonly string[], need: string) => {
    const text = value(name)
    if (text === undefined) {
      if (production) problems.push(`${name} is missing: ${need}`)
      return undefined
    }
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '')
    problems.push(`${name} is not a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
    return undefined
  }

  const host = value('HOST') ?? '127.0.0.1'
  const port = whole('PORT', 3000, 0, 65_535)
  const tokenKey = value('TOKEN_KEY')
  if (production && !tokenKey) problems.push('TOKEN_KEY is missing: a secret of at least 32 characters that never changes while tokens are in use.')
  if (tokenKey && tokenKey.length < 32) problems.push('TOKEN_KEY is too short: use at least 32 characters.')

  const publicUrl = url('PUBLIC_URL', ['https:', 'http:'], 'the address at which providers reach the service.') ?? `http://${host}:${port}`
  const addressOf = (name: string, own: boolean, published: string) => (value(name) ?? (own ? publicUrl : published)).replace(/\/+$/, '')

  const config: Config = {
    environment: environment as Environment,
    host,
    port,
    publicUrl,
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database'),
    dataDirectory: resolve(value('DATA_DIR') ?? './data'),
    tokenKey,
    databasePoolSize: whole('DATABASE_POOL_SIZE', 10, 1, 1000),
    gitCommitSha: value('GIT_COMMIT_SHA') ?? null,
    supportEmail: value('SUPPORT_EMAIL') ?? 'continuing-professional-development@digital.education.gov.uk',
    supportChannel: value('SUPPORT_CHANNEL') ?? 'the lead providers’ channel in Microsoft Teams',
    productionUrl: addressOf('PRODUCTION_URL', production, 'https://register-national-professional-qualifications.education.gov.uk'),
    sandboxUrl: addressOf('SANDBOX_URL', environment === 'sandbox', 'https://sandbox.register-npq.education.gov.uk'),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config)
}

function isEnvironment(text: string): text is Environment {
  return (environments as readonly string[]).includes(text)
}
