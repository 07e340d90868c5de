import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Connection, connect } from '../../src/db/connect.ts'
import { plannedForItsValues } from '../../src/db/preparing-client.ts'
import { transact } from '../../src/db/transact.ts'
import { isUnavailable } from '../../src/http/overload.ts'
import { databaseUrl, onPostgres } from '../support/database.ts'

// A connection to the embedded database gives no names.

let connection: Connection
beforeEach(async () => {
  if (onPostgres) connection = await connect({ databaseUrl: await databaseUrl(), dataDirectory: '', poolSize: 3 })
})
afterEach(() => connection?.close())

test.runIf(onPostgres)('a statement that is sent again is prepared, but not one whose plan depends on its values', async () => {
  await connection.db.connection().execute(async (db) => {
    await sql`select ${1}::int as once`.execute(db)
    for (let time = 1; time <= 3; time++) {
      await sql`select ${time}::int as again`.execute(db)
      await sql`select ${time}::int as anew ${plannedForItsValues}`.execute(db)
      await sql`select 1 as without`.execute(db)
    }
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where name like 'npq%'`.execute(db)
    expect(rows).toEqual([{ statement: 'select $1::int as again' }])
  })
})

test.runIf(onPostgres)('work that finds a table with another column than before is done again', async () => {
  const { db } = connection
  await sql`create table notes (id int primary key)`.execute(db)
  await sql`insert into notes values (1)`.execute(db)
  const read = () => transact(db, async (trx) => (await sql`select * from notes where id = ${1}`.execute(trx)).rows)
  try {
    // so that each connection has it prepared
    for (let time = 1; time <= 3; time++) await Promise.all([read(), read(), read()])
    await sql`alter table notes add column topic text`.execute(db)
    // what is not done again is answered as a database that is away
    const failure = await sql`select * from notes where id = ${1}`.execute(db).catch((error) => error)
    expect(isUnavailable(failure)).toBe(true)
    for (const column of ['text', 'author']) {
      await sql`alter table notes add column ${sql.ref(column)} text`.execute(db)
      expect(Object.keys((await read())[0] as object)).toContain(column)
      await Promise.all([read(), read(), read()])
    }
  } finally {
    await sql`drop table notes`.execute(db)
  }
})
