import { isIP } from 'node:net'
import { resolve } from 'node:path'

export const environments = ['production', 'sandbox', 'staging', 'review', 'development', 'test'] as const
export type Environment = (typeof environments)[number]

/** The rate limits by what they guard, with what stands unless a setting says otherwise (01 section 13). */
export const standardLimits = {
  token: { requests: 1000, seconds: 300 },
  apiPages: { requests: 300, seconds: 300 },
  pages: { requests: 300, seconds: 300 },
  signIn: { requests: 10, seconds: 300 },
  identityWebhook: { requests: 100, seconds: 300 },
  teachingRecordWebhook: { requests: 100, seconds: 300 },
  everything: { requests: 1500, seconds: 300 },
}
export type LimitName = keyof typeof standardLimits
/** So many requests in any span of so many seconds. */
export type Limit = Readonly<{ requests: number; seconds: number }>
export type Limits = Readonly<Record<LimitName, Limit>>

export type Config = Readonly<{
  environment: Environment
  host: string
  port: number
  /** where providers reach the service, without a trailing slash */
  publicUrl: string
  /** undefined: the embedded database in `dataDirectory` */
  databaseUrl: string | undefined
  /** undefined: the primary serves every read */
  databaseReplicaUrl: string | undefined
  /** milliseconds by which it may lag and still be read */
  replicaLag: number
  dataDirectory: string
  /** undefined: a key is made and kept in `dataDirectory` */
  tokenKey: string | undefined
  databasePoolSize: number
  gitCommitSha: string | null
  /** who acts by the commands given here, unless they say `--as` */
  operator: string | undefined
  /** where providers ask for help, on every page of the site */
  supportEmail: string
  supportChannel: string
  /** who is told which payment runs have their deadline soon; undefined: nobody */
  contractsTeamEmail: string | undefined
  /** the addresses that the guidance names */
  productionUrl: string
  sandboxUrl: string
  limits: Limits
  /** undefined: this process alone counts requests */
  redisUrl: string | undefined
  /** the addresses and networks whose word on a client's address counts */
  trustedProxies: readonly string[]
  /** false takes v1 and v2 out of service */
  v1V2Enabled: boolean
  logLevel: LogLevel
  /** from how many milliseconds on a request, or a query, is marked as slow in the log */
  slowRequest: number
  slowQuery: number
  /** whether calls of lead providers are kept, and how many may wait to be written */
  auditRequests: boolean
  auditRoom: number
  /** for how many days what has passed is kept, before it is pruned */
  retention: Readonly<{ finishedJobs: number; sentLetters: number; requestAudits: number; keptAnswers: number; changes: number }>
  /** milliseconds that a repeated write waits for the first one, before it is refused */
  repeatWait: number
  /** milliseconds that a client has for its headers and for its whole request, and that an idle connection is kept */
  headersTimeout: number
  requestTimeout: number
  keepAliveTimeout: number
  /** milliseconds after which the database ends a statement, and that a request waits for a connection */
  statementTimeout: number
  connectionTimeout: number
  /** requests that may wait for a connection; more are answered 503 at once */
  mostWaiting: number
  /** milliseconds from failing health checks to refusing connections */
  stopDelay: number
  /** milliseconds for which kept connections may still send a request after that */
  stopGrace: number
  /** undefined: no metrics are served */
  metricsPort: number | undefined
  metricsHost: string
}>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

/** What is missing or wrong in the environment, one line a setting. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** What comes round once a month is known by what was done about it: that must still be there when the month ends. */
const longerThanAMonth = [35, 36_500] as const

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
    if (value(name) === undefined && production) problems.push(`${name} is missing: ${need}`)
    return optionalUrl(name, protocols)
  }
  const optionalUrl = (name: string, protocols: readonly string[]) => {
    const text = value(name)
    if (text === undefined) return undefined
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '')
    problems.push(`${name} is not a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
    return undefined
  }

  const address = (name: string) => {
    const text = value(name)
    if (text !== undefined && !/^[^\s@]+@[^\s@]+$/.test(text)) problems.push(`${name} is no e-mail address: use one such as contracts@example.org.`)
    return text
  }
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const text = value(name) ?? fallback
    const found = allowed.find((word) => word === text)
    if (found === undefined) problems.push(`${name} is ${text}: use one of ${allowed.join(', ')}.`)
    return found ?? fallback
  }
  const limits = () =>
    Object.fromEntries(
      Object.entries(standardLimits).map(([name, standard]) => {
        const setting = `RATE_LIMIT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`
        const requests = whole(setting, standard.requests, 1, 1_000_000)
        return [name, { requests, seconds: whole(`${setting}_SECONDS`, standard.seconds, 1, 86_400) }]
      }),
    ) as Limits
  const proxies = () => {
    const names = (value('TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter((name) => name !== '')
    for (const name of names) {
      if (!isNetwork(name)) problems.push(`TRUSTED_PROXIES has ${name}: use addresses and networks such as 10.0.0.0/8, separated by commas.`)
    }
    return names
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
    databaseReplicaUrl: optionalUrl('DATABASE_REPLICA_URL', ['postgres:', 'postgresql:']),
    replicaLag: whole('DATABASE_REPLICA_LAG_MS', 10_000, 1000, 600_000),
    dataDirectory: resolve(value('DATA_DIR') ?? './data'),
    tokenKey,
    databasePoolSize: whole('DATABASE_POOL_SIZE', 10, 1, 1000),
    gitCommitSha: value('GIT_COMMIT_SHA') ?? null,
    operator: value('NPQ_OPERATOR'),
    supportEmail: value('SUPPORT_EMAIL') ?? 'continuing-professional-development@digital.education.gov.uk',
    supportChannel: value('SUPPORT_CHANNEL') ?? 'the lead providers’ channel in Microsoft Teams',
    contractsTeamEmail: address('CONTRACTS_TEAM_EMAIL'),
    productionUrl: addressOf('PRODUCTION_URL', production, 'https://register-national-professional-qualifications.education.gov.uk'),
    sandboxUrl: addressOf('SANDBOX_URL', environment === 'sandbox', 'https://sandbox.register-npq.education.gov.uk'),
    limits: limits(),
    redisUrl: optionalUrl('REDIS_URL', ['redis:', 'rediss:']),
    trustedProxies: proxies(),
    v1V2Enabled: oneOf('V1_V2_ENABLED', ['true', 'false'], 'true') === 'true',
    logLevel: oneOf('LOG_LEVEL', logLevels, environment === 'staging' || environment === 'development' ? 'debug' : 'info'),
    slowRequest: whole('SLOW_REQUEST_MS', 2000, 1, 3_600_000),
    slowQuery: whole('SLOW_QUERY_MS', 500, 1, 3_600_000),
    auditRequests: oneOf('AUDIT_REQUESTS', ['true', 'false'], environment === 'development' ? 'false' : 'true') === 'true',
    auditRoom: whole('AUDIT_ROOM', 2000, 1, 1_000_000),
    retention: {
      finishedJobs: whole('FINISHED_JOBS_KEPT_DAYS', 90, ...longerThanAMonth),
      sentLetters: whole('SENT_LETTERS_KEPT_DAYS', 90, ...longerThanAMonth),
      requestAudits: whole('REQUEST_AUDITS_KEPT_DAYS', 365, 1, 36_500),
      changes: whole('CHANGES_KEPT_DAYS', 90, 1, 36_500),
      keptAnswers: whole('KEPT_ANSWERS_KEPT_DAYS', 1, 1, 90),
    },
    repeatWait: whole('REPEAT_WAIT_MS', 3000, 0, 20_000),
    headersTimeout: whole('HEADERS_TIMEOUT_MS', 10_000, 100, 3_600_000),
    requestTimeout: whole('REQUEST_TIMEOUT_MS', 30_000, 100, 3_600_000),
    keepAliveTimeout: whole('KEEP_ALIVE_TIMEOUT_MS', 72_000, 100, 3_600_000),
    statementTimeout: whole('STATEMENT_TIMEOUT_MS', 30_000, 100, 3_600_000),
    connectionTimeout: whole('DATABASE_CONNECTION_TIMEOUT_MS', 5000, 100, 3_600_000),
    mostWaiting: whole('DATABASE_MOST_WAITING', 100, 1, 100_000),
    stopDelay: whole('STOP_DELAY_MS', 0, 0, 600_000),
    stopGrace: whole('STOP_GRACE_MS', 5000, 0, 600_000),
    metricsPort: value('METRICS_PORT') === undefined ? undefined : whole('METRICS_PORT', 9090, 0, 65_535),
    metricsHost: value('METRICS_HOST') ?? '127.0.0.1',
  }
  if (config.databaseReplicaUrl && !config.databaseUrl) {
    problems.push('DATABASE_REPLICA_URL needs DATABASE_URL: the embedded database has no replica.')
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config)
}

/** An address, or a network as address/bits. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  return (
    version > 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)))
  )
}

function isEnvironment(text: string): text is Environment {
  return (environments as readonly string[]).includes(text)
}
