import type { Transacting } from '../../db/connect.ts'
import { isUuid } from '../../uuid.ts'
import { readRows, UnusableFile } from '../bulk/file.ts'
import { type Act, create } from '../history.ts'

const partnerColumns = ['ECF Id', 'Name'] as const
const partnershipColumns = ['Lead Provider ECF Id', 'Cohort', 'Delivery Partner ECF Id'] as const

/** Loads the delivery partners of a file into a table that is empty, all or none (06 section 9). Throws UnusableFile. */
export async function importPartners(trx: Transacting, act: Act, bytes: Uint8Array): Promise<number> {
  const rows = readRows(bytes, partnerColumns)
  await refuseUnlessEmpty(trx, 'delivery_partners')
  const names = new Set<string>()
  for (const [index, { 'ECF Id': id, Name: name }] of rows.entries()) {
    if (!isUuid(id)) throw new UnusableFile(`Row ${index + 1}: ${id} is no id of a delivery partner.`)
    if (name === '' || names.has(name.toLowerCase())) throw new UnusableFile(`Row ${index + 1}: a delivery partner needs a name that no other has.`)
    names.add(name.toLowerCase())
    await create(trx, act, 'delivery_partners', { public_id: id, name })
  }
  return rows.length
}

/** Loads the partnerships of a file into a table that is empty, all or none. Throws UnusableFile. */
export async function importPartnerships(trx: Transacting, act: Act, bytes: Uint8Array): Promise<number> {
  const rows = readRows(bytes, partnershipColumns)
  await refuseUnlessEmpty(trx, 'delivery_partnerships')
  const providers = await trx.selectFrom('lead_providers').select(['id', 'public_id as name']).execute()
  const cohorts = await trx.selectFrom('cohorts').select(['id', 'identifier as name']).execute()
  const partners = await trx.selectFrom('delivery_partners').select(['id', 'public_id as name']).execute()
  for (const [index, row] of rows.entries()) {
    const find = (among: { id: number; name: string }[], column: (typeof partnershipColumns)[number]) => {
      const found = among.find(({ name }) => name === row[column].toLowerCase())
      if (!found) throw new UnusableFile(`Row ${index + 1}: the ${column} ${row[column]} is not known.`)
      return found.id
    }
    await create(trx, act, 'delivery_partnerships', {
      lead_provider_id: find(providers, 'Lead Provider ECF Id'),
      cohort_id: find(cohorts, 'Cohort'),
      delivery_partner_id: find(partners, 'Delivery Partner ECF Id'),
    })
  }
  return rows.length
}

async function refuseUnlessEmpty(trx: Transacting, table: 'delivery_partners' | 'delivery_partnerships') {
  if (await trx.selectFrom(table).select('id').limit(1).executeTakeFirst()) {
    throw new UnusableFile(`There are ${table.replace('_', ' ')} already: a file can only be loaded where there are none.`)
  }
}

/** The delivery partners in the columns of an import, in order of creation. */
export async function exportPartners(trx: Transacting): Promise<string[][]> {
  const rows = await trx.selectFrom('delivery_partners').select(['public_id', 'name']).orderBy('created_at').orderBy('id').execute()
  return [[...partnerColumns], ...rows.map(({ public_id, name }) => [public_id, name])]
}

/** The same of the partnerships. */
export async function exportPartnerships(trx: Transacting): Promise<string[][]> {
  const rows = await trx
    .selectFrom('delivery_partnerships')
    .innerJoin('lead_providers', 'lead_providers.id', 'delivery_partnerships.lead_provider_id')
    .innerJoin('cohorts', 'cohorts.id', 'delivery_partnerships.cohort_id')
    .innerJoin('delivery_partners', 'delivery_partners.id', 'delivery_partnerships.delivery_partner_id')
    .select(['lead_providers.public_id as provider', 'cohorts.identifier', 'delivery_partners.public_id as partner'])
    .orderBy('delivery_partnerships.created_at')
    .orderBy('delivery_partnerships.id')
    .execute()
  return [[...partnershipColumns], ...rows.map(({ provider, identifier, partner }) => [provider, identifier, partner])]
}
