const form = /^(\d{4}-\d\d-\d\d)(?:[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:[.,]\d+)?(?:[Zz]|[+-]\d\d:?\d\d)?)?$/

/** The date of a text such as 2026-02-10, as it is written: a time after it is passed over. Undefined where it is no date. */
export function readCompletionDate(text: string | undefined): Temporal.PlainDate | undefined {
  const [, date] = form.exec(text ?? '') ?? []
  if (date === undefined) return undefined
  try {
    const read = Temporal.PlainDate.from(date)
    // as far as the database's calendar and ours agree
    return read.year >= 1 ? read : undefined
  } catch {
    return undefined
  }
}
