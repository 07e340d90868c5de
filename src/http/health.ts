import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { migrationVersion } from '../db/migrate.ts'

export type HealthSettings = Readonly<{
  config: Config
  db: Database
  /** whether the limiter's store answers */
  storeAnswers: () => Promise<boolean>
  /** whether the process is on its way out: the proxy is told to send no more */
  stopping: () => boolean
}>

const healthPaths = new Set(['/up', '/healthcheck', '/healthcheck.json'])

/** Whether a path is one that only watchers of the service ask for. */
export function isHealthPath(path: string): boolean {
  return healthPaths.has(path)
}

/** Health and robots (01 section 17). None of them ever fails with an error. */
export function registerHealth(app: FastifyInstance, settings: HealthSettings): void {
  const { config, db, storeAnswers, stopping } = settings
  // no limit counts these paths, so that however many ask at once share one look at the database
  const lookAtAll = shared(() => Promise.all([databaseHealth(db), inTime(storeAnswers(), false)]))
  const lookAtDatabase = shared(() => inTime(isConnected(db), false))
  for (const path of ['/healthcheck', '/healthcheck.json']) {
    app.get(path, async (_request, reply) => {
      const [database, redis] = await lookAtAll()
      const healthy = database.connected && database.populated && redis && !stopping()
      return reply
        .code(healthy ? 200 : 503)
        .type('application/json')
        .send(JSON.stringify({ git_commit_sha: config.gitCommitSha, database, redis }))
    })
  }
  app.get('/up', async (_request, reply) => {
    const ready = !stopping() && (await lookAtDatabase())
    return reply.code(ready ? 200 : 503).send()
  })
  app.get('/robots.txt', async (_request, reply) => reply.type('text/plain').send(robots(config)))
}

async function databaseHealth(db: Database) {
  const [connected, migration_version, populated] = await Promise.all([
    inTime(isConnected(db), false),
    inTime(migrationVersion(db), null),
    inTime(hasCourses(db), false),
  ])
  return { connected, migration_version: connected ? migration_version : null, populated: connected && populated }
}

async function isConnected(db: Database): Promise<boolean> {
  await sql`select 1`.execute(db)
  return true
}

async function hasCourses(db: Database): Promise<boolean> {
  return (await db.selectFrom('courses').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Asks once for all who want to know before the answer is there. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined
    })
    return asked
  }
}

/** What was asked, or the other value where it failed or took longer than two seconds. */
async function inTime<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  const late = Promise.withResolvers<T>()
  const timer = setTimeout(() => late.resolve(otherwise), 2000)
  try {
    return await Promise.race([asked, late.promise])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}

const privatePaths = ['/account', '/admin', '/registration', '/session', '/sign-in', '/sign-out']

function robots({ environment }: Config): string {
  const disallowed = environment === 'production' ? privatePaths : ['/']
  return `User-agent: *\n${disallowed.map((path) => `Disallow: ${path}\n`).join('')}`
}
