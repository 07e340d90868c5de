import { parseDate } from '../../dates.ts'

const form = /^(\d{4}-\d\d-\d\d)(?:[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:[.,]\d+)?(?:[Zz]|[+-]\d\d:?\d\d)?)?$/

/** The date of a text such as 2026-02-10, as it is written: a time after it is passed over. Undefined where it is no date. */
export function readCompletionDate(text: string | undefined): Temporal.PlainDate | undefined {
  const [, date] = form.exec(text ?? '') ?? []
  return date === undefined ? undefined : parseDate(date)
}
