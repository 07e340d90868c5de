import type { Database } from '../../src/db/connect.ts'

/** The same database with a count of the reading queries that it answered. */
export function countingReads(db: Database): { db: Database; reads(): number } {
  const selects = new WeakSet<object>()
  let count = 0
  const counted = db.withPlugin({
    transformQuery({ node, queryId }) {
      if (node.kind === 'SelectQueryNode') selects.add(queryId)
      return node
    },
    async transformResult({ result, queryId }) {
      if (selects.has(queryId)) count++
      return result
    },
  })
  return { db: counted, reads: () => count }
}
