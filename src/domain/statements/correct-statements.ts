import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type LockedCohort, lockCohort } from '../cohorts/records.ts'
import { date, flag, shortMonth } from '../files/cells.ts'
import { readTable, repeated } from '../files/table.ts'
import { type Act, create } from '../history.ts'
import { distinct, type Refusal, type Verdict } from '../rules.ts'
import { changeStatement, refusalsOfChange } from './change-statement.ts'
import { contractsOf } from './contracts.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { type LockedStatement, lockStatementsOf } from './lock.ts'
import { linkToMilestones } from './milestone-records.ts'
import { type Month, statementName } from './statement.ts'
import type { StatementRow } from './statement-rows.ts'

export type CorrectStatements = Act & {
  /** such as `2026a` */
  cohort: string
  statements: Uint8Array
  /** the month whose providers get the missing statements, with copies of their contracts; undefined where none may be missing */
  contractsFrom: Month | undefined
}

export type StatementsCorrected = Verdict & { changed: number; created: number }

/** Gives a cohort's statements the dates and flags of a file, and makes those that are missing (05 section 16.3). */
export function correctStatements(db: Database, command: CorrectStatements): Promise<StatementsCorrected> {
  return transact(db, async (trx) => {
    // corrections and creations for one cohort come one after the other
    const cohort = await lockCohort(trx, { identifier: command.cohort })
    if (!cohort) return refused([{ code: 'cohort_unknown', title: 'cohort', detail: `There is no cohort ${command.cohort}.` }])
    const { rows, refusals } = readRows(command.statements)
    if (refusals.length > 0) return refused(refusals)
    const known = await lockStatementsOf(trx, cohort)
    const templates = known.filter((statement) => command.contractsFrom && isOf(statement, command.contractsFrom))
    const work = rows.map((row) => plan(row, known, templates))
    const problems = [...work.flatMap(missing), ...(await refusalsOfChanges(trx, work))]
    if (problems.length > 0) return refused(problems)
    return writeCorrections(trx, command, cohort, work)
  })
}

type Row = StatementRow & { line: number }
/** What a row means: statements that it changes, and those whose provider has none of the month yet. */
type Plan = { row: Row; existing: LockedStatement[]; copied: LockedStatement[] }

function plan(row: Row, known: readonly LockedStatement[], templates: readonly LockedStatement[]): Plan {
  const existing = known.filter((statement) => isOf(statement, row))
  const has = new Set(existing.map(({ lead_provider_id }) => lead_provider_id))
  return { row, existing, copied: templates.filter(({ lead_provider_id }) => !has.has(lead_provider_id)) }
}

function readRows(bytes: Uint8Array): { rows: Row[]; refusals: Refusal[] } {
  const { rows, refusals } = readTable<{ name: Month } & Pick<StatementRow, 'deadline_date' | 'payment_date' | 'output_fee'>>(
    'statements_csv',
    bytes,
    {
      name: shortMonth,
      deadline_date: date,
      payment_date: date,
      output_fee: flag,
    },
  )
  if (refusals.length > 0) return { rows: [], refusals }
  const read = rows.map(({ name, ...row }) => ({ ...name, ...row }))
  return { rows: read, refusals: repeated('statements_csv', read, statementName, 'month') }
}

function missing({ row, existing, copied }: Plan): Refusal[] {
  if (existing.length + copied.length > 0) return []
  const detail = `No provider has a statement of ${statementName(row)}, on line ${row.line}: give a month of the cohort whose contracts its statements get.`
  return [{ code: 'row_unusable', title: 'statements_csv', detail }]
}

async function refusalsOfChanges(trx: Transacting, work: readonly Plan[]): Promise<Refusal[]> {
  const refusals: Refusal[] = []
  for (const { row, existing } of work)
    for (const statement of existing)
      for (const { code, title, detail } of await refusalsOfChange(trx, statement, valuesOf(row)))
        refusals.push({ code, title, detail: `${statementName(row)}, on line ${row.line}: ${detail}` })
  return distinct(refusals)
}

async function writeCorrections(
  trx: Transacting,
  command: CorrectStatements,
  cohort: LockedCohort,
  work: readonly Plan[],
): Promise<StatementsCorrected> {
  let changed = 0
  const created: number[] = []
  for (const { row, existing, copied } of work) {
    for (const statement of existing) if ((await changeStatement(trx, command, operation, statement, valuesOf(row))) !== statement) changed++
    for (const template of copied) created.push(await copy(trx, command, template, row))
  }
  if (created.length > 0) {
    await linkToMilestones(trx, command, cohort, created)
    await logFinancialChange(trx, command, operation, { created_statement_ids: created })
  }
  return { refusals: [], changed, created: created.length }
}

const operation = 'Correct statements'

/** Another month's statement of the same provider and cohort, with the same contracts. */
async function copy(trx: Transacting, act: Act, template: LockedStatement, row: Row): Promise<number> {
  const { lead_provider_id, cohort_id } = template
  const { year, month } = row
  const { id } = await create(trx, act, 'statements', { lead_provider_id, cohort_id, year, month, ...valuesOf(row), reconcile_amount: '0' })
  for (const { contract } of await contractsOf(trx, [template]))
    await create(trx, act, 'contracts', { statement_id: id, course_id: contract.course_id, contract_template_id: contract.contract_template_id })
  return id
}

function valuesOf({ deadline_date, payment_date, output_fee }: StatementRow) {
  return { deadline_date, payment_date, output_fee }
}

function isOf(one: Month, other: Month): boolean {
  return one.year === other.year && one.month === other.month
}

function refused(refusals: readonly Refusal[]): StatementsCorrected {
  return { refusals, changed: 0, created: 0 }
}
