import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { ownEmbedded } from '../../src/db/embedded.ts'

test('the embedded database keeps its clients apart, however many ask at once and whether or not they stay', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'npq-embedded-'))
  const embedded = await ownEmbedded(folder)
  expect(await ownEmbedded(folder)).toBeUndefined()
  const pool = new pg.Pool({ host: embedded?.directory, user: 'postgres', database: 'postgres', max: 30 })
  onTestFinished(async () => {
    await pool.end()
    await embedded?.close()
    await rm(folder, { recursive: true })
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
