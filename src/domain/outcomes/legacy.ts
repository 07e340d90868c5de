import { parseDate } from '../../dates.ts'
import type { Transacting } from '../../db/connect.ts'
import type { NewRowOf } from '../../db/schema.ts'
import { type Act, change } from '../history.ts'

/** One line of the register before: `npq_type` is its code of the qualification, `awarded_date` is month/day/year. */
export type LegacyPass = { trn: string; npq_type: string; awarded_date: string }

const shortCodes: Readonly<Record<string, string>> = {
  389040001: 'NPQH',
  389040004: 'NPQSL',
  389040005: 'NPQML',
  389040006: 'NPQEL',
  389040007: 'NPQLT',
  389040008: 'NPQLTD',
  389040009: 'NPQLBC',
  389040010: 'NPQEYL',
  389040011: 'NPQLL',
}
const batchSize = 1000

/**
 * Adds passes of the register before, or puts them in place of those that are there (03 section 17.3), of which it returns the number.
 * Throws at the first that cannot be read.
 */
export async function importLegacyPasses(trx: Transacting, passes: readonly LegacyPass[], { truncate }: { truncate: boolean }): Promise<number> {
  const rows = passes.map(readPass)
  const replaced = truncate ? Number((await trx.deleteFrom('legacy_passed_outcomes').executeTakeFirstOrThrow()).numDeletedRows) : 0
  for (let start = 0; start < rows.length; start += batchSize) {
    await trx
      .insertInto('legacy_passed_outcomes')
      .values(rows.slice(start, start + batchSize))
      .execute()
  }
  return replaced
}

/** Moves the passes of one TRN to another and returns their ids. Throws where there are none. */
export async function changeLegacyTrn(trx: Transacting, act: Act, from: string, to: string): Promise<number[]> {
  const rows = await trx.selectFrom('legacy_passed_outcomes').selectAll().where('trn', '=', from).orderBy('id').forUpdate().execute()
  for (const row of rows) await change(trx, act, 'legacy_passed_outcomes', row, { trn: to })
  if (rows.length === 0) throw new Error(`No legacy outcome has the TRN ${from}.`)
  return rows.map(({ id }) => id)
}

function readPass({ trn, npq_type, awarded_date }: LegacyPass, place: number): NewRowOf<'legacy_passed_outcomes'> {
  const line = place + 2
  const code = shortCodes[npq_type.trim()]
  if (code === undefined) throw new Error(`Line ${line}: ${npq_type} is no npq_type that is known.`)
  if (trn.trim() === '') throw new Error(`Line ${line}: the trn is missing.`)
  return { trn: trn.trim(), course_short_code: code, completion_date: readDate(awarded_date.trim(), line) }
}

function readDate(text: string, line: number): Temporal.PlainDate {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const date = parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  if (date === undefined) throw new Error(`Line ${line}: ${text} is no date in the form month/day/year.`)
  return date
}
