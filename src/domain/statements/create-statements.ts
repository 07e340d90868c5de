import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type LockedCohort, lockCohort } from '../cohorts/records.ts'
import { type Act, create } from '../history.ts'
import { listProviders } from '../reference/providers.ts'
import type { Refusal } from '../rules.ts'
import { coursesWithTerms, templateOf } from './contracts.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { linkToMilestones } from './milestone-records.ts'
import { monthsOf } from './records.ts'
import { type ContractRow, readContractRows, readStatementRows, type StatementRow } from './statement-rows.ts'

export type CreateStatements = Act & {
  /** such as `2026a` */
  cohort: string
  /** the two files; undefined where one is missing */
  statements: Uint8Array | undefined
  contracts: Uint8Array | undefined
}

export type Created = {
  refusals: readonly Refusal[]
  months: readonly StatementRow[]
  contracts: readonly ContractRow[]
  made: { statements: number; contracts: number; templates: number }
}

/** Makes a statement for every provider of one file and every month of the other, with the provider's contracts (05 section 12). */
export async function createStatements(db: Database, command: CreateStatements): Promise<Created> {
  return transact(db, async (trx) => {
    // two runs for one cohort come one after the other
    const cohort = await lockCohort(trx, { identifier: command.cohort })
    if (!cohort) return refused([{ code: 'cohort_unknown', title: 'cohort', detail: `There is no cohort ${command.cohort}.` }])
    const known = await knownNames(trx)
    const months = readStatementRows(command.statements)
    const contracts = readContractRows(command.contracts, { providers: new Set(known.providers.keys()), courses: new Set(known.courses.keys()) })
    const refusals = [...months.refusals, ...(await existing(trx, cohort, months.rows, contracts.rows)), ...contracts.refusals]
    if (refusals.length > 0) return refused(refusals)
    const made = await makeStatements(trx, command, cohort, known, months.rows, contracts.rows)
    return { refusals: [], months: months.rows, contracts: contracts.rows, made }
  })
}

function refused(refusals: readonly Refusal[]): Created {
  return { refusals, months: [], contracts: [], made: { statements: 0, contracts: 0, templates: 0 } }
}

type Known = Awaited<ReturnType<typeof knownNames>>

async function knownNames(trx: Transacting) {
  const providers = await listProviders(trx)
  return { courses: await coursesWithTerms(trx), providers: new Map(providers.map(({ id, name }) => [name, id])) }
}

async function existing(
  trx: Transacting,
  cohort: LockedCohort,
  months: readonly (StatementRow & { line: number })[],
  contracts: readonly ContractRow[],
) {
  const names = [...new Set(contracts.map(({ lead_provider_name }) => lead_provider_name))]
  const taken = await monthsOf(trx, cohort, names)
  return months
    .filter((row) => taken.some(({ year, month }) => year === row.year && month === row.month))
    .map(({ line }) => ({ code: 'statement_exists', title: 'statements_csv', detail: `A statement for the month on line ${line} exists already.` }))
}

async function makeStatements(
  trx: Transacting,
  command: CreateStatements,
  cohort: LockedCohort,
  { courses, providers }: Known,
  months: readonly StatementRow[],
  rows: readonly ContractRow[],
) {
  const templates = new Map<ContractRow, number>()
  for (const row of rows) templates.set(row, await templateOf(trx, command, found(courses, row.course_identifier), row))
  const ids: number[] = []
  let contracts = 0
  for (const provider of new Set(rows.map((row) => row.lead_provider_name))) {
    for (const { year, month, deadline_date, payment_date, output_fee } of months) {
      const statement = await create(trx, command, 'statements', {
        lead_provider_id: found(providers, provider),
        cohort_id: cohort.id,
        year,
        month,
        deadline_date,
        payment_date,
        output_fee,
        reconcile_amount: '0',
      })
      ids.push(statement.id)
      for (const row of rows.filter((each) => each.lead_provider_name === provider)) {
        const course_id = found(courses, row.course_identifier).id
        await create(trx, command, 'contracts', { statement_id: statement.id, course_id, contract_template_id: found(templates, row) })
        contracts++
      }
    }
  }
  await linkToMilestones(trx, command, cohort, ids)
  await logFinancialChange(trx, command, 'Create statements and contracts', { cohort_id: cohort.id, created_statement_ids: ids })
  return { statements: ids.length, contracts, templates: new Set(templates.values()).size }
}

function found<K, V>(known: ReadonlyMap<K, V>, key: K): V {
  const value = known.get(key)
  if (value === undefined) throw new Error(`${key} is not known`)
  return value
}
