import type { Transacting } from '../db/connect.ts'
import { placeNames } from './names.ts'
import type { Made, Store } from './store.ts'

export type Workplaces = {
  /** whose type may be funded, and whose may not */
  schools: { fundable: Made<'schools'>[]; other: Made<'schools'>[] }
  nurseries: { open: Made<'private_childcare_providers'>[]; disabled: Made<'private_childcare_providers'>[] }
  ittProviders: { approved: Made<'itt_providers'>[]; disabled: Made<'itt_providers'>[] }
}

const known = Temporal.Instant.from('2021-03-01T09:00:00Z')
const closed = Temporal.Instant.from('2025-06-30T16:00:00Z')
const times = { created_at: known, updated_at: known }

// establishment type, phase, ending of the name
const schoolKinds = [
  ['1', 'Primary', 'Primary School'],
  ['34', 'Secondary', 'Academy'],
  ['2', 'Primary', 'C of E School'],
  ['28', 'Secondary', 'High School'],
  ['15', 'Nursery', 'Nursery School'],
  ['7', 'Not applicable', 'Special School'],
  ['33', 'Not applicable', 'Learning Centre'],
] as const
// independent schools, whose types are not on the list of types that are funded
const otherKinds = [
  ['11', 'Not applicable', 'College for Girls'],
  ['11', 'Not applicable', 'Grammar School'],
] as const

export function makeWorkplaces(store: Store): Workplaces {
  const fundable = schools(store, schoolKinds, 56, 190_001)
  const other = schools(store, otherKinds, 12, 191_001)
  return { schools: { fundable, other }, nurseries: nurseries(store), ittProviders: ittProviders(store) }
}

/** URNs from 190001 on: no real school has one yet. */
function schools(store: Store, kinds: readonly (readonly [string, string, string])[], count: number, firstUrn: number) {
  const names = placeNames(
    kinds.map(([, , ending]) => ending),
    count,
  )
  return names.map((name, index) => {
    const [type, phase] = kinds.find(([, , ending]) => name.endsWith(` ${ending}`)) ?? ['1', 'Primary']
    return store.add('schools', {
      urn: String(firstUrn + index),
      name,
      ukprn: String(firstUrn + index + 10_900_000),
      establishment_type_code: type,
      phase_name: phase,
      la_code: String(800 + (index % 90)),
      number_of_pupils: store.random.whole(6, 140) * 10,
      last_changed_date: Temporal.PlainDate.from('2021-02-15'),
      ...times,
    })
  })
}

function nurseries(store: Store) {
  const names = placeNames(['Day Nursery', 'Childcare', 'Montessori', 'Under Fives'], 12)
  const made = names.map((name, index) =>
    store.add('private_childcare_providers', {
      provider_urn: `EY9${String(index + 1).padStart(5, '0')}`,
      // names are withheld where the provider is one person
      provider_name: index === 5 ? 'REDACTED' : name,
      disabled_at: index >= 10 ? closed : null,
      ...times,
    }),
  )
  return { open: made.slice(0, 10), disabled: made.slice(10) }
}

function ittProviders(store: Store) {
  const names = placeNames(['Teacher Training Partnership', 'School of Education', 'SCITT'], 10)
  const made = names.map((name, index) =>
    store.add('itt_providers', {
      legal_name: `${name} Limited`,
      operating_name: name,
      approved: index !== 8,
      removed_at: index === 8 ? closed : null,
      disabled_at: index === 9 ? closed : null,
      ...times,
    }),
  )
  return { approved: made.slice(0, 8), disabled: made.slice(8) }
}

/** The workplaces that a sandbox holds already. */
export async function findWorkplaces(trx: Transacting): Promise<Workplaces> {
  const schools = await trx.selectFrom('schools').selectAll().orderBy('id').execute()
  const nurseries = await trx.selectFrom('private_childcare_providers').selectAll().orderBy('id').execute()
  const ittProviders = await trx.selectFrom('itt_providers').selectAll().orderBy('id').execute()
  const fundable = new Set<string | null>(schoolKinds.map(([type]) => type))
  return {
    schools: {
      fundable: schools.filter(({ establishment_type_code }) => fundable.has(establishment_type_code)),
      other: schools.filter(({ establishment_type_code }) => !fundable.has(establishment_type_code)),
    },
    nurseries: { open: nurseries.filter((each) => each.disabled_at === null), disabled: nurseries.filter((each) => each.disabled_at !== null) },
    ittProviders: { approved: ittProviders.filter((each) => each.approved), disabled: ittProviders.filter((each) => each.disabled_at !== null) },
  }
}
