import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import pg from 'pg'
import { connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { loadReference } from '../../src/domain/reference/load.ts'
import { issue } from '../../src/domain/tokens/issue.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { referenceFacts } from '../../src/reference-files.ts'

// What a flood of made-up tokens with a right checksum takes from a client with a valid token: its requests a second alone,
// while another address floods, and while its own does. Run: npm run bench:flood
// On the PostgreSQL server of TEST_DATABASE_URL, in a database of its own.

const connections = Number(process.env['CONNECTIONS'] ?? 300)
const rounds = Number(process.env['ROUNDS'] ?? 3)
const requests = 800
const key = 'a key of at least thirty-two characters'
const port = 3987
const url = `http://127.0.0.1:${port}/api/v3/npq-applications?page[per_page]=20`

if (process.argv[2] === 'flood') await flood(process.argv[3] ?? '127.0.0.2')
else await measure()

/** Sends made-up tokens on all connections, each as fast as it is answered, until it is stopped. */
async function flood(localAddress: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const statuses: Record<string, number> = {}
  process.on('SIGTERM', () => {
    process.stdout.write(JSON.stringify(statuses))
    process.exit()
  })
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (;;) {
        const status = await ask(agent, makeToken('test'), localAddress).catch(() => 'cut off')
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
}

async function measure() {
  const name = `npq_bench_${process.pid}`
  const address = new URL(process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres')
  const admin = new pg.Client({ connectionString: address.href })
  await admin.connect()
  await admin.query(`create database ${name}`)
  address.pathname = `/${name}`
  const { db, close } = await connect({ databaseUrl: address.href, dataDirectory: '', poolSize: 1 })
  await migrate(db)
  await loadReference(db, await referenceFacts(), { production: false })
  const env = {
    ...process.env,
    ENVIRONMENT: 'test',
    DATABASE_URL: address.href,
    TOKEN_KEY: key,
    PORT: String(port),
    RATE_LIMIT_EVERYTHING: '1000000',
  }
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const server = spawn(process.execPath, [main, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  while (
    !(await fetch(`http://127.0.0.1:${port}/up`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await new Promise((resolve) => setTimeout(resolve, 200))
  const provider = (await db.selectFrom('lead_providers').select('name').orderBy('name').executeTakeFirstOrThrow()).name
  // each token has its thousand requests, so that every measure takes another; all are in use before the floods begin
  const tokenInUse = async () => {
    const token = makeToken('test')
    await issue(db, { now: Temporal.Now.instant(), author: 'Command bench', token, key, label: 'bench', scope: 'lead_provider', provider })
    return token
  }
  try {
    const tokens: string[] = []
    for (let issued = 0; issued < 1 + 6 * rounds; issued++) tokens.push(await tokenInUse())
    await rateOf(tokens.pop() ?? '')
    const ratios: number[] = []
    for (let round = 1; round <= rounds; round++) {
      for (const address of ['127.0.0.2', '127.0.0.1']) {
        // alone before and after, since the machine may have other work
        const before = await rateOf(tokens.pop() ?? '')
        const flooder = spawn(process.execPath, [import.meta.filename, 'flood', address], { stdio: ['ignore', 'pipe', 'inherit'] })
        let told = ''
        flooder.stdout.on('data', (bytes) => (told += bytes))
        await new Promise((resolve) => setTimeout(resolve, 3000))
        const flooded = await rateOf(tokens.pop() ?? '')
        flooder.kill('SIGTERM')
        await once(flooder, 'close')
        const alone = (before + (await rateOf(tokens.pop() ?? ''))) / 2
        ratios.push(flooded / alone)
        const whose = address === '127.0.0.1' ? 'its own address' : 'another address'
        const rates = `${alone.toFixed(0)} requests/s alone, ${flooded.toFixed(0)} while ${whose} floods`
        process.stdout.write(`round ${round}: ${rates} (${(flooded / alone).toFixed(2)}); answers to the flood ${told}\n`)
      }
    }
    const median = ratios.sort((one, other) => one - other)[Math.floor(ratios.length / 2)] ?? 0
    process.stdout.write(`of its rate alone a valid token keeps ${median.toFixed(2)} (median of ${ratios.length})\n`)
    process.exitCode = median >= 0.5 ? 0 : 1
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
    await close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
}

/** Requests a second of one client with eight connections, every one answered 200. */
async function rateOf(token: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let left = requests
  const start = performance.now()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left-- > 0) {
        const status = await ask(agent, token, '127.0.0.1')
        if (status !== 200) throw new Error(`a valid token was answered ${status}`)
      }
    }),
  )
  agent.destroy()
  return (requests / (performance.now() - start)) * 1000
}

function ask(agent: Agent, token: string, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, localAddress, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    }).on('error', reject)
  })
}
