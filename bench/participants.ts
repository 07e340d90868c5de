import { sql } from 'kysely'
import pg from 'pg'
import { connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import { listParticipants } from '../src/domain/participants/records.ts'
import { loadReference } from '../src/domain/reference/load.ts'
import { referenceFacts } from '../src/reference-files.ts'

// What the lists of participants and outcomes cost a provider among many people: the first page, a deep one and what changed
// lately. Run with BENCH_DATABASE_URL=postgres://… node bench/participants.ts [people]; it makes and drops a database of its own.

const people = Number(process.argv[2] ?? 1_000_000)
const server = new URL(process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres')
const name = `npq_bench_participants_${process.pid}`
const say = (line: string) => process.stdout.write(`${line}\n`)

async function onServer(statement: string) {
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  await client.query(statement)
  await client.end()
}

await onServer(`create database ${name}`)
const url = new URL(server)
url.pathname = `/${name}`
const { db, pool, close } = await connect({ databaseUrl: url.href, dataDirectory: '', poolSize: 2 })
try {
  await migrate(db)
  await loadReference(db, await referenceFacts(), { production: false })
  await fill()
  const { id: providerId } = await db.selectFrom('lead_providers').select('id').orderBy('id').executeTakeFirstOrThrow()
  const lately = Temporal.Instant.from('2026-10-31T12:00:00Z')

  await measure('page 1', () => listParticipants(db, { providerId }, { limit: 100, offset: 0 }))
  await measure('the last page', async () => {
    const { count } = await db
      .selectFrom('participations')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('lead_provider_id', '=', providerId)
      .executeTakeFirstOrThrow()
    return listParticipants(db, { providerId }, { limit: 100, offset: Number(count) - 100 })
  })
  await measure('3,000 on a page', () => listParticipants(db, { providerId }, { limit: 3000, offset: 0 }))
  await measure('changed in the last half day', () => listParticipants(db, { providerId, updatedSince: lately }, { limit: 100, offset: 0 }))
  await measure('withdrawn', () => listParticipants(db, { providerId, trainingStatus: 'withdrawn' }, { limit: 100, offset: 0 }))

  say('\nPlan of a list since half a day ago:')
  const keys = `select user_id, created_at, updated_at, changed_at from participations
    where lead_provider_id = $1 and changed_at >= $2 order by created_at, user_id limit 100 offset 0`
  const plan = await pool.query(`explain (analyze, buffers, costs off) ${keys}`, [providerId, lately.toString()])
  for (const row of plan.rows) say(`  ${row['QUERY PLAN']}`)
} finally {
  await close()
  await onServer(`drop database ${name} with (force)`)
}

/** One application a person, nine in ten of them accepted, changed over ten months; rows go in as bulk loads do. */
async function fill() {
  const start = performance.now()
  await sql`insert into users (full_name, email, created_at, updated_at, significantly_updated_at)
    select 'Person ' || n, 'person.' || n || '@school.example', at, at, at
    from generate_series(1, ${people}::integer) n, lateral (select timestamptz '2026-01-01' + n * interval '305 days' / ${people}::integer as at) t`.execute(
    db,
  )
  await sql`insert into applications (user_id, course_id, lead_provider_id, cohort_id, lead_provider_approval_status, training_status, created_at, updated_at)
    select users.id, (select id from courses where identifier = 'npq-headship'), providers.id,
      (select id from cohorts where identifier = '2023a'), case when users.id % 10 = 0 then 'pending' else 'accepted' end,
      case when users.id % 10 = 0 then null when users.id % 47 = 1 then 'withdrawn' else 'active' end, users.created_at, users.created_at
    from users join (select id, row_number() over (order by id) - 1 as place, count(*) over () as many from lead_providers) providers
      on users.id % providers.many = providers.place`.execute(db)
  await sql`vacuum analyze`.execute(db)
  say(`${people.toLocaleString('en')} people filled in within ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

async function measure(what: string, ask: () => Promise<unknown[]>) {
  await ask()
  const times: number[] = []
  let rows = 0
  for (let time = 0; time < 20; time++) {
    const start = performance.now()
    rows = (await ask()).length
    times.push(performance.now() - start)
  }
  times.sort((one, other) => one - other)
  say(`${what}: ${rows} rows, median ${times[10]?.toFixed(1)} ms, slowest ${times[19]?.toFixed(1)} ms`)
}
