import type { Database } from '../../src/db/connect.ts'

/** The same database with a count of the reading queries that it answered. */
export function countingReads(db: Database): { db: Database; reads(): number } {
  let count = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (result.numAffectedRows === undefined) count++
      return result
    },
  })
  return { db: counted, reads: () => count }
}
