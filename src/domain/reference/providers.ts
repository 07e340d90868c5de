import type { Database } from '../../db/connect.ts'

export type Provider = { id: number; public_id: string; name: string }

/** The lead provider with this name, public id or internal id; throws an error that lists the names where there is none. */
export async function findProvider(db: Database, text: string): Promise<Provider> {
  const providers = await db.selectFrom('lead_providers').select(['id', 'public_id', 'name']).orderBy('name').execute()
  const wanted = text.trim()
  const provider = providers.find(
    ({ id, public_id, name }) => name.toLowerCase() === wanted.toLowerCase() || public_id === wanted.toLowerCase() || String(id) === wanted,
  )
  if (!provider) throw new Error(`There is no lead provider ${wanted}. Give a name or an id: ${providers.map(({ name }) => name).join(', ')}.`)
  return provider
}
