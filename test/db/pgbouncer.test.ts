import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, connect } from '../../src/db/connect.ts'
import { transact } from '../../src/db/transact.ts'
import { ask, makeApp } from '../support/app.ts'
import { database, databaseUrl, onPostgres } from '../support/database.ts'
import * as make from '../support/make.ts'
import { hasPgBouncer, startPgBouncer } from '../support/pgbouncer.ts'

if (onPostgres && !hasPgBouncer) process.stderr.write('There is no PgBouncer 1.21 or newer here: its tests are left out.\n')

describe.runIf(onPostgres && hasPgBouncer)('behind PgBouncer in transaction mode', () => {
  let bouncer: Awaited<ReturnType<typeof startPgBouncer>>
  let connection: Connection
  beforeAll(async () => {
    const db = await database()
    // what is not asked for comes from here
    await sql`alter database ${sql.id(await nameOf(db))} set timezone = 'Asia/Kathmandu'`.execute(db)
    await sql`alter database ${sql.id(await nameOf(db))} set statement_timeout = '500ms'`.execute(db)
    bouncer = await startPgBouncer(await databaseUrl())
    connection = await connect({ databaseUrl: bouncer.url, dataDirectory: '', poolSize: 8, statementTimeout: 30_000 })
  })
  afterAll(async () => {
    await connection?.close()
    await bouncer?.stop()
    const db = await database()
    await sql`alter database ${sql.id(await nameOf(db))} reset timezone`.execute(db)
    await sql`alter database ${sql.id(await nameOf(db))} reset statement_timeout`.execute(db)
  })

  test('many at once read and change on a few connections, with statements that are prepared', async () => {
    const db = await database()
    const token = await make.token(db)
    const app = await makeApp({ db: connection.db, pool: connection.pool })
    const applications = []
    for (let count = 0; count < 16; count++)
      applications.push(await make.application(db, { created_at: Temporal.Instant.from('2026-10-01T09:00:00Z') }))
    const changes = applications.map(async ({ public_id, user_id }) => {
      const accepted = await ask(app, `/api/v3/npq-applications/${public_id}/accept`, { token, method: 'POST' })
      const { public_id: participant } = await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()
      const resumed = await ask(app, `/api/v3/participants/npq/${participant}/resume`, {
        token,
        method: 'PUT',
        body: { data: { type: 'participant-resume', attributes: { course_identifier: 'npq-headship' } } },
      })
      const shown = await ask(app, `/api/v3/participants/npq/${participant}`, { token })
      const listed = await ask(app, '/api/v3/npq-applications?page[per_page]=5', { token })
      expect(listed.json().data[0].attributes.created_at).toBe('2026-10-01T09:00:00Z')
      // one that is in training already cannot be resumed
      return [accepted.statusCode, resumed.statusCode, shown.statusCode, listed.statusCode]
    })
    expect(await Promise.all(changes)).toEqual(applications.map(() => [200, 422, 200, 200]))
    const { rows } = await sql<{
      prepared: number
    }>`select count(*)::int as prepared from pg_prepared_statements where name like 'PGBOUNCER%'`.execute(connection.db)
    expect(rows[0]?.prepared).toBeGreaterThan(10)
  })

  test('has the time zone that it asks for, and the time limit of the database', async () => {
    const { rows } = await sql`select current_setting('timezone') as zone, current_setting('statement_timeout') as "limit"`.execute(connection.db)
    expect(rows).toEqual([{ zone: 'UTC', limit: '500ms' }])
    await expect(sql`select pg_sleep(10)`.execute(connection.db)).rejects.toMatchObject({ code: '57014' })
  })

  test('does work again that finds a table with another column than before', async () => {
    const { db } = connection
    await sql`create table notes (id int primary key)`.execute(db)
    await sql`insert into notes values (1)`.execute(db)
    const read = () => transact(db, async (trx) => (await sql`select * from notes where id = ${1}`.execute(trx)).rows)
    for (let time = 1; time <= 4; time++) await Promise.all([read(), read()])
    await sql`alter table notes add column text text`.execute(db)
    const [one, other] = await Promise.all([read(), read()])
    expect([one, other]).toEqual([[{ id: 1, text: null }], [{ id: 1, text: null }]])
    await sql`drop table notes`.execute(db)
  })
})

async function nameOf(db: Connection['db']): Promise<string> {
  const { name } = await db.selectNoFrom(sql<string>`current_database()`.as('name')).executeTakeFirstOrThrow()
  return name
}
