import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { Act } from '../history.ts'
import type { Refusal, Verdict } from '../rules.ts'
import { reprice } from './contract-templates.ts'
import { logFinancialChange } from './financial-change-log.ts'
import type { Month } from './statement.ts'
import { price, repeated } from './statement-rows.ts'
import { anyText, readUploaded } from './uploaded-files.ts'

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
    const found = rows.map((row) => ({ ...row, contract: contracts.get(keyOf(row.lead_provider_name, row.course_identifier)) }))
    const problems = [...refusals, ...found.flatMap(refusalsOf)]
    if (problems.length > 0) return { refusals: problems, changes: [] }

    const changes: PriceChange[] = []
    for (const { lead_provider_name: provider, course_identifier: course, per_participant: to, contract } of found) {
      const from = contract && (await reprice(trx, command, contract, to))
      if (from === undefined) continue
      const logged = { contract_id: contract?.id, statement_id: contract?.statement_id, changes: { per_participant: [from, to] } }
      await logFinancialChange(trx, command, 'Correct price per participant', logged)
      changes.push({ provider, course, from, to })
    }
    return { refusals: [], changes }
  })
}

function readPriceRows(bytes: Uint8Array) {
  const { rows, refusals } = readUploaded<PriceRow>('prices_csv', bytes, {
    lead_provider_name: anyText,
    course_identifier: anyText,
    per_participant: price,
  })
  if (refusals.length > 0) return { rows: [], refusals }
  return { rows, refusals: repeated('prices_csv', rows, (row) => keyOf(row.lead_provider_name, row.course_identifier), 'contract') }
}

type LockedContracts = Awaited<ReturnType<typeof lockContracts>>
type FoundRow = PriceRow & { line: number; contract: ReturnType<LockedContracts['get']> }

function refusalsOf({ line, lead_provider_name, course_identifier, contract }: FoundRow): Refusal[] {
  if (!contract) {
    const detail = `${lead_provider_name} has no contract for ${course_identifier} in this month and cohort, on line ${line}.`
    return [{ title: 'prices_csv', detail }]
  }
  if (contract.state === 'open') return []
  return [{ title: 'contract_template', detail: `The price on line ${line} cannot be set: the statement is ${contract.state}.` }]
}

/** The month's contracts by provider and course; their statements are locked before they are read. */
async function lockContracts(trx: Transacting, { cohort, year, month }: CorrectPrices) {
  const statements = await trx
    .selectFrom('statements')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select('statements.id')
    .where('cohorts.identifier', '=', cohort)
    .where('statements.year', '=', year)
    .where('statements.month', '=', month)
    .orderBy('statements.id')
    .forUpdate('statements')
    .execute()
  const ids = statements.map(({ id }) => id)
  const rows = await trx
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .innerJoin('lead_providers', 'lead_providers.id', 'statements.lead_provider_id')
    .innerJoin('courses', 'courses.id', 'contracts.course_id')
    .selectAll('contracts')
    .select(['statements.state', 'lead_providers.name as provider', 'courses.identifier as course'])
    .where('contracts.statement_id', '=', sql<number>`any(${ids}::bigint[])`)
    .execute()
  return new Map(rows.map((row) => [keyOf(row.provider, row.course), row]))
}

function keyOf(provider: string, course: string): string {
  return `${provider}\n${course}`
}
