import type { Database } from '../../db/connect.ts'
import { legacyPassesOf, passesOf, type Qualification } from './records.ts'

/** What the holder of a TRN passed, newest first: by outcomes recorded here and by those of the register before (03 section 17.1). */
export async function qualificationsOf(db: Database, trn: string): Promise<Qualification[]> {
  const passes = [...(await passesOf(db, trn)), ...(await legacyPassesOf(db, trn))]
  const distinct = new Map(passes.map((passed) => [`${passed.completion_date} ${passed.short_code}`, passed]))
  return [...distinct.values()].sort(newestFirst)
}

function newestFirst(one: Qualification, other: Qualification): number {
  const later = Temporal.PlainDate.compare(other.completion_date, one.completion_date)
  if (later !== 0) return later
  return one.short_code < other.short_code ? -1 : 1
}
