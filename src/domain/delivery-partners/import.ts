import type { Transacting } from '../../db/connect.ts'
import type { NewRowOf } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import { readRows } from '../bulk/file.ts'
import { cohortNames } from '../cohorts/records.ts'
import { type Act, create } from '../history.ts'
import { listProviders } from '../reference/providers.ts'
import type { Refusal } from '../rules.ts'
import { allPartners, allPartnerships, isEmpty } from './records.ts'

const partnerColumns = ['ECF Id', 'Name'] as const
const partnershipColumns = ['Lead Provider ECF Id', 'Cohort', 'Delivery Partner ECF Id'] as const

/** Loads the delivery partners of a file into a table that is empty, all or none (06 section 9). Returns how many there were. */
export async function importPartners(trx: Transacting, act: Act, bytes: Uint8Array): Promise<Answer<number>> {
  const names = new Set<string>()
  return load(trx, act, 'delivery_partners', readRows(bytes, partnerColumns), ({ 'ECF Id': id, Name: name }) => {
    if (!isUuid(id)) return `${id} is no id of a delivery partner.`
    if (name === '' || names.has(name.toLowerCase())) return 'a delivery partner needs a name that no other has.'
    names.add(name.toLowerCase())
    return { public_id: id, name }
  })
}

/** Loads the partnerships of a file into a table that is empty, all or none. Returns how many there were. */
export async function importPartnerships(trx: Transacting, act: Act, bytes: Uint8Array): Promise<Answer<number>> {
  const known = {
    'Lead Provider ECF Id': idsByName((await listProviders(trx)).map(({ id, public_id }) => ({ id, name: public_id }))),
    Cohort: idsByName(await cohortNames(trx)),
    'Delivery Partner ECF Id': idsByName((await allPartners(trx)).map(({ id, public_id }) => ({ id, name: public_id }))),
  }
  return load(trx, act, 'delivery_partnerships', readRows(bytes, partnershipColumns), (row) => {
    const [lead_provider_id, cohort_id, delivery_partner_id] = partnershipColumns.map((column) => known[column].get(row[column].toLowerCase()))
    if (lead_provider_id !== undefined && cohort_id !== undefined && delivery_partner_id !== undefined)
      return { lead_provider_id, cohort_id, delivery_partner_id }
    const unknown = partnershipColumns.find((column) => !known[column].has(row[column].toLowerCase())) ?? 'Cohort'
    return `the ${unknown} ${row[unknown]} is not known.`
  })
}

type Loaded = 'delivery_partners' | 'delivery_partnerships'

/** Adds what `read` makes of the rows; the first text that it gives instead is why none is added. */
async function load<Row, T extends Loaded>(
  trx: Transacting,
  act: Act,
  table: T,
  { rows, refusals }: { rows: readonly Row[]; refusals: readonly Refusal[] },
  read: (row: Row) => NewRowOf<T> | string,
): Promise<Answer<number>> {
  const [unreadable] = refusals
  if (unreadable) return { refusals: [unreadable] }
  if (!(await isEmpty(trx, table)))
    return refusal('partners_exist', 'file', `There are ${table.replace('_', ' ')} already: a file can only be loaded where there are none.`)
  const values: NewRowOf<T>[] = []
  for (const [index, row] of rows.entries()) {
    const value = read(row)
    if (typeof value === 'string') return refusal('row_unusable', 'file', `Row ${index + 1}: ${value}`)
    values.push(value)
  }
  for (const value of values) await create(trx, act, table, value)
  return answer(values.length)
}

function idsByName(rows: readonly { id: number; name: string }[]): ReadonlyMap<string, number> {
  return new Map(rows.map(({ id, name }) => [name, id]))
}

/** The delivery partners in the columns of an import, in order of creation. */
export async function exportPartners(trx: Transacting): Promise<string[][]> {
  return [[...partnerColumns], ...(await allPartners(trx)).map(({ public_id, name }) => [public_id, name])]
}

/** The same of the partnerships. */
export async function exportPartnerships(trx: Transacting): Promise<string[][]> {
  return [[...partnershipColumns], ...(await allPartnerships(trx)).map(({ provider, identifier, partner }) => [provider, identifier, partner])]
}
