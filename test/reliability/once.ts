import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { connect, type Database } from '../../src/db/connect.ts'
import { change } from '../../src/domain/history.ts'
import { changeUser } from '../../src/domain/participants/change-user.ts'
import { lockPeople } from '../../src/domain/participants/records.ts'
import { hashToken, makeToken } from '../../src/domain/tokens/token.ts'
import { freePort } from '../support/free-port.ts'
import { programs, startCluster } from './cluster.ts'
import { startDroppingProxy } from './dropping-proxy.ts'
import { follow, stateOf } from './follower.ts'

/**
 * Two nodes on a PostgreSQL server of their own, behind a proxy that loses answers and cuts requests. A thousand writes are repeated with
 * their keys until each is answered, while transactions of the department stay open for seconds, a node is killed and the database is
 * restarted without a word. Then each write must have been carried out once, and who followed the feed must have exactly the state of the
 * service: `npm run test:reliability:once`, or with another number of writes: `npm run test:reliability:once -- 200`.
 */
const writes = Number(process.argv[2] ?? 1000)
const clients = 20
const main = new URL('../../src/main.ts', import.meta.url).pathname
const settings = {
  PATH: process.env['PATH'] ?? '',
  ENVIRONMENT: 'sandbox',
  TOKEN_KEY: 'a key that only this trial has, of some length',
  DATA_DIR: '/dev/null/none',
  LOG_LEVEL: 'fatal',
  AUDIT_REQUESTS: 'false',
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_EVERYTHING: '1000000',
}

type Node = { url: string; process: ChildProcess }
type Write = { participant: string; action: 'defer' | 'resume'; key: string }

const bin = programs()
if (bin === undefined) {
  process.stdout.write('No PostgreSQL was tried: its programs (initdb, pg_ctl) were not found. Install a PostgreSQL server.\n')
} else {
  const cluster = await startCluster(bin, { max_connections: '60' })
  const env = { ...settings, DATABASE_URL: cluster.url }
  const nodes: Node[] = []
  try {
    await promisify(execFile)(process.execPath, [main, 'seed'], { env })
    nodes.push(await startNode(env), await startNode(env))
    const { db, close } = await connect({ databaseUrl: cluster.url, dataDirectory: '', poolSize: 6 })
    const tokens = await issueTokens(db)
    const [writer = ''] = tokens
    const node = (number: number) => () => nodes[number % nodes.length]?.url ?? ''
    const participants = await deferrable(node(0), writer)
    const before = await rowsOf(db)
    const followers = await Promise.all(tokens.map((token, index) => follow(node(index), token)))
    const proxy = await startDroppingProxy(() => nodes.map(({ url }) => url))

    const department = actAsDepartment(db)
    const began = performance.now()
    const writing = writeAll(proxy.url, writer, participants)
    await pause(3000)
    await replaceNode(nodes, 1, env)
    await pause(2000)
    await cluster.stop('immediate')
    await pause(1000)
    await cluster.start()
    const { answers, attempts } = await writing
    const seconds = (performance.now() - began) / 1000
    const changes = await department.stop()
    for (const follower of followers) await follower.stop()
    await proxy.close()

    const states = await Promise.all(tokens.map((token, index) => stateOf(node(index + 1), token)))
    const apart = followers.map(({ mirror }, index) => difference(mirror, states[index] ?? new Map()))
    const after = await rowsOf(db)
    await close()
    const counts = {
      'writes that were answered 200': answers.filter((status) => status === 200).length,
      'attempts at them': attempts,
      'answers lost': proxy.dropped.answers,
      'requests cut': proxy.dropped.requests,
      'training states made': after.states - before.states,
      'changes by the department': changes,
      seconds: Math.round(seconds),
      'changes followed': followers.map((follower) => follower.counts.changes).join(', '),
      'interruptions of followers': followers.reduce((sum, follower) => sum + follower.counts.interruptions, 0),
      'resources of each provider': states.map(({ size }) => size).join(', '),
      'resources that are not the same': apart.map((keys) => keys.length).join(', '),
    }
    for (const [name, value] of Object.entries(counts)) process.stdout.write(`${name.padEnd(34)}${value}\n`)
    const faults = followers.flatMap((follower) => follower.counts.faults)
    for (const fault of [...faults, ...apart.flat()].slice(0, 10)) process.stdout.write(`${fault}\n`)
    const sound = answers.length === writes && answers.every((status) => status === 200) && after.states - before.states === writes
    process.exitCode = sound && faults.length === 0 && apart.every((keys) => keys.length === 0) ? 0 : 1
    process.stdout.write(
      process.exitCode === 0 ? 'Each write was carried out once, and each follower has the state of the service.\n' : 'A promise was broken.\n',
    )
  } finally {
    for (const { process: child } of nodes) child.kill('SIGKILL')
    await cluster.close()
  }
}

async function startNode(env: Record<string, string>): Promise<Node> {
  const port = await freePort()
  const hurried = { STATEMENT_TIMEOUT_MS: '5000', DATABASE_CONNECTION_TIMEOUT_MS: '2000', PORT: String(port) }
  const child = spawn(process.execPath, [main, 'serve'], { env: { ...env, ...hurried }, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/up`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error('The service did not start.')
    await pause(100)
  }
  return { url, process: child }
}

/** Kills a node without a word, and puts another one in its place. */
async function replaceNode(nodes: Node[], place: number, env: Record<string, string>): Promise<void> {
  const [killed] = nodes.splice(place, 1)
  killed?.process.kill('SIGKILL')
  nodes.splice(place, 0, await startNode(env))
}

/** A token of each of four providers. */
async function issueTokens(db: Database): Promise<string[]> {
  const providers = await db.selectFrom('lead_providers').select('id').orderBy('id').limit(4).execute()
  return Promise.all(
    providers.map(async ({ id }) => {
      const token = makeToken('sandbox')
      const row = { hashed_token: hashToken(token, settings.TOKEN_KEY), label: 'trial', issued_by: 'trial', lead_provider_id: id }
      await db.insertInto('api_tokens').values(row).execute()
      return token
    }),
  )
}

type Training = { id: string; course: string }

/** Participants whose training can be deferred now, as dry runs say. */
async function deferrable(url: () => string, token: string): Promise<Training[]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const list = await fetch(`${url()}/api/v3/participants/npq?filter[training_status]=active&page[per_page]=1000`, { headers })
  const { data } = (await list.json()) as { data: { id: string; attributes: { npq_enrolments: { course_identifier: string }[] } }[] }
  const found: Training[] = []
  for (const { id, attributes } of data) {
    const course = attributes.npq_enrolments[0]?.course_identifier ?? ''
    const tried = await fetch(`${url()}/api/v3/participants/npq/${id}/defer?dry_run=true`, { method: 'PUT', headers, body: bodyOf('defer', course) })
    if (tried.status === 200) found.push({ id, course })
    if (found.length === clients) break
  }
  return found
}

function bodyOf(action: Write['action'], course: string): string {
  const attributes = { course_identifier: course, ...(action === 'defer' && { reason: 'other' }) }
  return JSON.stringify({ data: { type: `participant-${action}`, attributes } })
}

/** Defers and resumes in turn; each request is sent again with its key until it is answered. Without keys a repeat would be refused. */
async function writeAll(url: string, token: string, participants: readonly Training[]) {
  const answers: number[] = []
  let attempts = 0
  let begun = 0
  await Promise.all(
    participants.map(async ({ id, course }) => {
      for (let turn = 0; begun < writes; turn++) {
        begun++
        const action = turn % 2 === 0 ? 'defer' : 'resume'
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() }
        for (;;) {
          attempts++
          const sent = { method: 'PUT', headers, body: bodyOf(action, course), signal: AbortSignal.timeout(20_000) }
          const answer = await fetch(`${url}/api/v3/participants/npq/${id}/${action}`, sent).catch(() => undefined)
          const status = answer?.status ?? 0
          await answer?.text().catch(() => '')
          if (status !== 0 && status !== 503 && status !== 409) {
            answers.push(status)
            break
          }
          await pause(20)
        }
      }
    }),
  )
  return { answers, attempts }
}

/** Changes people and applications of whoever it is, in transactions that stay open for up to three seconds; some are rolled back. */
function actAsDepartment(db: Database) {
  let stopping = false
  let done = 0
  const act = () => ({ now: Temporal.Now.instant(), clockRuns: true, author: 'Admin Ann (trial)' })
  const change1 = async () => {
    while (!stopping) {
      await db
        .transaction()
        .execute(async (trx) => {
          const users = await trx.selectFrom('participations').select('user_id').distinct().execute()
          const ids = [1, 2].map(() => users[Math.floor(Math.random() * users.length)]?.user_id ?? 0)
          for (const person of await lockPeople(trx, ids)) {
            if (!person) continue
            await changeUser(trx, act(), person.user, { full_name: `Name ${Math.random()}` })
            const application = await trx.selectFrom('applications').selectAll().where('user_id', '=', person.user.id).limit(1).executeTakeFirst()
            if (application) await change(trx, act(), 'applications', application, { employer_name: `Employer ${Math.random()}` })
          }
          await pause(Math.random() < 0.2 ? 3000 * Math.random() : 20)
          if (Math.random() < 0.2) throw new Error('undone')
          done++
        })
        .catch(() => pause(50))
    }
  }
  const working = Promise.all([change1(), change1(), change1()])
  return {
    async stop() {
      stopping = true
      await working
      return done
    },
  }
}

async function rowsOf(db: Database) {
  const { states } = await db
    .selectFrom('application_states')
    .select((eb) => eb.fn.countAll<number>().as('states'))
    .executeTakeFirstOrThrow()
  return { states: Number(states) }
}

/** The keys under which two mirrors do not hold the same. */
function difference(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key))
}
