import type { Database } from '../../db/connect.ts'
import { type Answer, answer, refusal } from '../answer.ts'

export type Provider = Awaited<ReturnType<typeof listProviders>>[number]

/** Every lead provider, by name. */
export function listProviders(db: Database) {
  return db.selectFrom('lead_providers').select(['id', 'public_id', 'name']).orderBy('name').execute()
}

/** The lead provider with this name, public id or internal id; where there is none, those that there are are named. */
export async function findProvider(db: Database, text: string): Promise<Answer<Provider>> {
  const providers = await listProviders(db)
  const wanted = text.trim()
  const provider = providers.find(
    ({ id, public_id, name }) => name.toLowerCase() === wanted.toLowerCase() || public_id === wanted.toLowerCase() || String(id) === wanted,
  )
  if (provider) return answer(provider)
  return refusal(
    'provider_unknown',
    'provider',
    `There is no lead provider ${wanted}. Give a name or an id: ${providers.map(({ name }) => name).join(', ')}.`,
  )
}
