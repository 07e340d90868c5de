import { amount, date, flag, oneOf, wholeNumber } from '../files/cells.ts'
import { readTable, repeated, type Table } from '../files/table.ts'
import { Decimal } from '../finance/money.ts'

/** A month in which each provider of the other file gets a statement (05 section 12.1). */
export type StatementRow = {
  year: number
  month: number
  deadline_date: Temporal.PlainDate
  payment_date: Temporal.PlainDate
  output_fee: boolean
}

/** What a provider is paid for a course in each of these months (05 section 12.2). */
export type ContractRow = {
  lead_provider_name: string
  course_identifier: string
  recruitment_target: number
  per_participant: string
  service_fee_installments: number
  special_course: boolean
  monthly_service_fee: string
}

export function readStatementRows(bytes: Uint8Array | undefined): Table<StatementRow> {
  const { rows, refusals } = readTable<StatementRow>('statements_csv', bytes, {
    year: wholeNumber(2020, 2040, 'must be between 2020 and 2040'),
    month: wholeNumber(1, 12, 'must be between 1 and 12'),
    deadline_date: date,
    payment_date: date,
    output_fee: flag,
  })
  const early = rows.flatMap(({ deadline_date, payment_date, line }) =>
    deadline_date && payment_date && Temporal.PlainDate.compare(payment_date, deadline_date) < 0
      ? [{ code: 'row_unusable', title: 'statements_csv', detail: `payment_date must not be before deadline_date on line ${line}.` }]
      : [],
  )
  const problems = [...refusals, ...early]
  if (problems.length > 0) return { rows: [], refusals: problems }
  return { rows, refusals: repeated('statements_csv', rows, ({ year, month }) => `${year}-${month}`, 'month') }
}

export function readContractRows(
  bytes: Uint8Array | undefined,
  known: { providers: ReadonlySet<string>; courses: ReadonlySet<string> },
): Table<ContractRow> {
  const { rows, refusals } = readTable<ContractRow>('contracts_csv', bytes, {
    lead_provider_name: oneOf(known.providers),
    course_identifier: oneOf(known.courses),
    ...termReaders,
  })
  if (refusals.length > 0) return { rows: [], refusals }
  return { rows, refusals: repeated('contracts_csv', rows, (row) => `${row.lead_provider_name}\n${row.course_identifier}`, 'contract') }
}

export const price = amount((text) => new Decimal(text).greaterThan(0), 'must be above 0')

/** What is typed of a contract's terms. */
export const termReaders = {
  recruitment_target: wholeNumber(1, 999_999_999, 'must be a whole number above 0'),
  per_participant: price,
  service_fee_installments: wholeNumber(0, 999_999_999, 'must be a whole number, 0 or more'),
  special_course: flag,
  monthly_service_fee: amount((text) => !new Decimal(text).isNegative(), 'must be 0 or more'),
}
