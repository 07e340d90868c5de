import type { Database } from '../db/connect.ts'

export async function seed(_db: Database, _now: Temporal.Instant): Promise<{ people: number; applications: number } | undefined> {
  return undefined
}
