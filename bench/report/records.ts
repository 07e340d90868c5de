import type pg from 'pg'

const counted = ['users', 'applications', 'application_states', 'declarations', 'statement_items', 'outcomes', 'statements', 'contracts'] as const

/** How many records of each kind a dataset holds. */
export async function recordsOf(admin: pg.Client): Promise<Record<string, number>> {
  const counts = counted.map((table) => `(select count(*) from ${table})::integer as ${table}`)
  const { rows } = await admin.query<Record<string, number>>(`select ${counts.join(', ')}`)
  return rows[0] ?? {}
}
