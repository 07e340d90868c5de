import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { boundLog } from '../../src/db/bounded-log.ts'
import { ownEmbedded } from '../../src/db/embedded.ts'
import { preparedDirectory } from '../support/command.ts'

test('the embedded database keeps its clients apart, however many ask at once and whether or not they stay', { timeout: 120_000 }, async () => {
  const folder = await preparedDirectory()
  const embedded = await ownEmbedded(folder)
  expect(await ownEmbedded(folder)).toBeUndefined()
  const pool = new pg.Pool({ host: embedded?.directory, user: 'postgres', database: 'postgres', max: 30 })
  onTestFinished(async () => {
    await pool.end()
    await embedded?.close()
  })
  // as many parameters in each, so that a mixed-up pair of messages would give an answer and not an error
  const own = async (number: number) => {
    const { rows } = await pool.query(`select ${number} as statement, $1::integer as value`, [number])
    return rows[0]
  }
  const inTransaction = async (number: number) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const { rows } = await client.query(`select ${number} as statement, $1::integer as value`, [number])
      await client.query(number % 2 ? 'commit' : 'rollback')
      return rows[0]
    } finally {
      client.release(number % 10 === 0)
    }
  }
  const numbers = Array.from({ length: 1500 }, (_, number) => number)
  const answers = await Promise.all(numbers.map((number) => (number % 5 === 0 ? inTransaction(number) : own(number))))
  expect(answers).toEqual(numbers.map((number) => ({ statement: number, value: number })))
})

test('a statement that runs too long on the embedded database is ended, and the next one is answered', { timeout: 60_000 }, async () => {
  const folder = await preparedDirectory()
  const embedded = await ownEmbedded(folder)
  await embedded?.limitStatements(500)
  const pool = new pg.Pool({ host: embedded?.directory, user: 'postgres', database: 'postgres', max: 2 })
  onTestFinished(async () => {
    await pool.end()
    await embedded?.close()
  })
  for (const endless of [
    'do $$ begin loop end loop; end $$',
    'with recursive n(n) as (select 1 union all select n + 1 from n) select count(*) from n',
  ]) {
    await expect(pool.query(endless)).rejects.toMatchObject({ code: '57014' })
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  }
})

test('what is committed to the embedded database is on the disk', { timeout: 60_000 }, async () => {
  const folder = await preparedDirectory()
  const embedded = await ownEmbedded(folder)
  const client = new pg.Client({ host: embedded?.directory, user: 'postgres', database: 'postgres' })
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await embedded?.close()
  })
  await client.query('create table kept (number integer)')
  const sync = vi.spyOn(fs, 'fsyncSync')
  syncBuiltinESMExports()
  onTestFinished(() => {
    sync.mockRestore()
    syncBuiltinESMExports()
  })
  for (let number = 0; number < 20; number++) await client.query('insert into kept values ($1)', [number])
  expect(sync.mock.calls.length).toBeGreaterThanOrEqual(20)
})

test('the log of the embedded database is cut while it runs', { timeout: 60_000 }, async () => {
  const folder = await preparedDirectory()
  const embedded = await ownEmbedded(folder)
  const pool = new pg.Pool({ host: embedded?.directory, user: 'postgres', database: 'postgres', max: 2 })
  const end = boundLog(pool, { most: 1024 * 1024, every: 50 })
  onTestFinished(async () => {
    end()
    await pool.end()
    await embedded?.close()
  })
  const lastCheckpoint = async () => (await pool.query<{ redo_lsn: string }>('select redo_lsn from pg_control_checkpoint()')).rows[0]?.redo_lsn
  const before = await lastCheckpoint()
  await pool.query("create table written as select repeat('x', 900) from generate_series(1, 2000)")
  await vi.waitUntil(async () => (await lastCheckpoint()) !== before, { timeout: 30_000 })
})
