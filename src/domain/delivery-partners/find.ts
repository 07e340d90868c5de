import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { similarNames } from './similar-names.ts'

/** The delivery partner with this name or public id; throws where there is none, and names those that may be meant. */
export async function findPartner(db: Database, text: string): Promise<RowOf<'delivery_partners'>> {
  const partners = await db.selectFrom('delivery_partners').selectAll().orderBy('name').execute()
  const wanted = text.trim().toLowerCase()
  const found = partners.find(({ public_id, name }) => public_id === wanted || name.toLowerCase() === wanted)
  if (found) return found
  const similar =
    wanted === ''
      ? []
      : similarNames(
          text.trim(),
          partners.map(({ name }) => name),
        ).slice(0, 10)
  throw new Error(
    similar.length > 0
      ? `There is no delivery partner ${text}. Perhaps you mean: ${similar.join(', ')}.`
      : `There is no delivery partner ${text}: give a name or an ID that npq delivery-partner export shows.`,
  )
}
