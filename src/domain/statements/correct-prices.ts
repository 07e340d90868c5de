import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { anyText } from '../files/cells.ts'
import { readTable, repeated } from '../files/table.ts'
import type { Act } from '../history.ts'
import type { Refusal, Verdict } from '../rules.ts'
import { contractsOf, reprice } from './contracts.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { lockStatementsOfMonth } from './lock.ts'
import type { Month } from './statement.ts'
import { price } from './statement-rows.ts'

export type CorrectPrices = Act & Month & { cohort: string; prices: Uint8Array }

type PriceRow = { lead_provider_name: string; course_identifier: string; per_participant: string }

/** What a contract cost for a participant, and costs now. */
export type PriceChange = { provider: string; course: string; from: string; to: string }

export type PricesCorrected = Verdict & { changes: readonly PriceChange[] }

/** Gives contracts of one month the prices of a file: refused whole unless each row is about one contract that is not payable yet (05 section 16.2). */
export function correctPrices(db: Database, command: CorrectPrices): Promise<PricesCorrected> {
  return transact(db, async (trx) => {
    const contracts = await lockContracts(trx, command)
    const { rows, refusals } = readPriceRows(command.prices)
    const found = rows.map((row) => ({ ...row, held: contracts.get(keyOf(row.lead_provider_name, row.course_identifier)) }))
    const problems = [...refusals, ...found.flatMap(refusalsOf)]
    if (problems.length > 0) return { refusals: problems, changes: [] }

    const changes: PriceChange[] = []
    for (const { lead_provider_name: provider, course_identifier: course, per_participant: to, held } of found) {
      const from = held && (await reprice(trx, command, held.contract, to))
      if (from === undefined) continue
      const logged = { contract_id: held?.contract.id, statement_id: held?.contract.statement_id, changes: { per_participant: [from, to] } }
      await logFinancialChange(trx, command, 'Correct price per participant', logged)
      changes.push({ provider, course, from, to })
    }
    return { refusals: [], changes }
  })
}

function readPriceRows(bytes: Uint8Array) {
  const { rows, refusals } = readTable<PriceRow>('prices_csv', bytes, {
    lead_provider_name: anyText,
    course_identifier: anyText,
    per_participant: price,
  })
  if (refusals.length > 0) return { rows: [], refusals }
  return { rows, refusals: repeated('prices_csv', rows, (row) => keyOf(row.lead_provider_name, row.course_identifier), 'contract') }
}

type LockedContracts = Awaited<ReturnType<typeof lockContracts>>
type FoundRow = PriceRow & { line: number; held: ReturnType<LockedContracts['get']> }

function refusalsOf({ line, lead_provider_name, course_identifier, held }: FoundRow): Refusal[] {
  if (!held) {
    const detail = `${lead_provider_name} has no contract for ${course_identifier} in this month and cohort, on line ${line}.`
    return [{ code: 'row_unusable', title: 'prices_csv', detail }]
  }
  if (held.state === 'open') return []
  return [
    { code: 'statement_not_open', title: 'contract_template', detail: `The price on line ${line} cannot be set: the statement is ${held.state}.` },
  ]
}

/** The month’s contracts by provider and course; their statements are locked before they are read. */
async function lockContracts(trx: Transacting, { cohort, year, month }: CorrectPrices) {
  const contracts = await contractsOf(trx, await lockStatementsOfMonth(trx, cohort, { year, month }))
  return new Map(contracts.map((held) => [keyOf(held.provider, held.course), held]))
}

function keyOf(provider: string, course: string): string {
  return `${provider}\n${course}`
}
