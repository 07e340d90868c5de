import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { londonDate, systemClock, wireInstant } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { findCohort } from '../domain/cohorts/records.ts'
import { Decimal, plain } from '../domain/finance/money.ts'
import { contractsInForce } from '../domain/statements/contracts.ts'
import { type DeclarationOnStatement, declarationsOn, voidedOn } from '../domain/statements/items.ts'
import { describeStatement } from '../domain/statements/records.ts'
import { type Month, monthName, statementName } from '../domain/statements/statement.ts'
import { reads } from './kinds.ts'
import { commandGroup, print } from './run.ts'
import { orRefuse } from './verdict.ts'

type Cell = string | number | boolean | null
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>

/** The files that finance takes out: declarations of a statement, those that are voided, contracts of a cohort. */
export function addStatementFiles(program: Command): void {
  const files = commandGroup(program, 'statement', 'see statements, change their dates and authorise their payment')
    .command('export')
    .description('write a CSV file and tell its path')
  const to = (command: Command) => command.option('--to <folder>', 'where to write it', '.')
  reads(to(files.command('declarations <id>').description('what a statement holds, for the checks before payment')), exportDeclarations)
  reads(to(files.command('voided <id>').description('the voided declarations of a statement')), exportVoided)
  reads(to(files.command('contracts <cohort>').description('the contracts in force of a cohort, such as 2025b')), exportContracts)
}
type To = { to: string }

async function exportDeclarations(db: Database, id: string, { to }: To) {
  const statement = orRefuse(await describeStatement(db, id))
  await write(join(to, declarationsFileName(statement)), declarationColumns, await declarationsOn(db, statement.id))
}

/** `NPQ-Declarations-ExampleTrust-Cohort2025b-March2026.csv` */
export function declarationsFileName(statement: Month & { provider: string; cohort: string }): string {
  const provider = statement.provider.replace(/[^A-Za-z0-9_]/g, '')
  return `NPQ-Declarations-${provider}-Cohort${cohortName(statement.cohort)}-${monthName(statement.month)}${statement.year}.csv`
}

async function exportVoided(db: Database, id: string, { to }: To) {
  const statement = orRefuse(await describeStatement(db, id))
  await write(join(to, `voided-${statement.public_id}.csv`), voidedColumns, await voidedOn(db, statement.id))
}

async function exportContracts(db: Database, identifier: string, { to }: To) {
  const cohort = orRefuse(await findCohort(db, identifier))
  await write(
    join(to, `${cohortName(identifier)}_cohort_contracts.csv`),
    contractColumns,
    await contractsInForce(db, cohort.id, londonDate(systemClock.now())),
  )
}

async function write<Row>(path: string, columns: Columns<Row>, rows: readonly Row[]) {
  await writeFile(path, csvText(columns, rows))
  print(path)
}

/** A CSV text in which no cell is a formula to a spreadsheet. */
export function csvText<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const cells = rows.map((row) => Object.values(columns).map((value) => value(row)))
  return stringify([Object.keys(columns), ...cells], { escape_formulas: true, cast: { boolean: String } })
}

/** The start year, with the suffix unless it is the first: `2025`, `2025b`. */
function cohortName(identifier: string): string {
  return identifier.replace(/a$/, '')
}

export const declarationColumns: Columns<DeclarationOnStatement> = {
  'Participant ID': (row) => row.participant_id,
  'Participant Name': (row) => row.full_name,
  TRN: (row) => row.trn,
  'Course Identifier': (row) => row.course,
  Schedule: (row) => row.schedule,
  'Eligible For Funding': (row) => row.eligible_for_funding,
  'Funded place': (row) => row.funded_place,
  'Lead Provider Name': (row) => row.provider,
  'School Urn': (row) => row.school_urn,
  'School Name': (row) => row.school_name,
  'Training Status': (row) => row.training_status,
  'Training Status Reason': (row) => (row.latest_state === 'withdrawn' ? row.latest_reason : null),
  'Declaration ID': (row) => row.declaration_id,
  'Declaration Status': (row) => row.item_state,
  'Declaration Type': (row) => row.declaration_type,
  'Declaration Date': (row) => wireInstant(row.declaration_date),
  'Declaration Created At': (row) => wireInstant(row.created_at),
  'Statement Name': statementName,
  'Statement ID': (row) => row.statement_id,
  'Targeted Delivery Funding': (row) => row.targeted_delivery_funding_eligibility ?? false,
}

const voidedColumns: Columns<Awaited<ReturnType<typeof voidedOn>>[number]> = {
  'Declaration ID': (row) => row.declaration_id,
  'Participant ID': (row) => row.participant_id,
  Type: (row) => row.declaration_type,
  Course: (row) => row.course,
}

export const contractColumns: Columns<Awaited<ReturnType<typeof contractsInForce>>[number]> = {
  lead_provider_name: (row) => row.lead_provider_name,
  course_identifier: (row) => row.course_identifier,
  recruitment_target: (row) => row.recruitment_target,
  per_participant: (row) => plain(new Decimal(row.per_participant)),
  service_fee_installments: (row) => row.service_fee_installments,
  special_course: (row) => row.special_course,
  monthly_service_fee: (row) => plain(new Decimal(row.monthly_service_fee ?? 0)),
}
