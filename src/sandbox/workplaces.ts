import type { Transacting } from '../db/connect.ts'
import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import { placeNames } from './names.ts'
import type { Telling } from './telling.ts'

type School = DatasetRecord<'school'>
type Nursery = DatasetRecord<'private_childcare_provider'>
type IttProvider = DatasetRecord<'itt_provider'>

export type Workplaces = {
  /** whose type may be funded, and whose may not */
  schools: { fundable: School[]; other: School[] }
  nurseries: { open: Nursery[]; disabled: Nursery[] }
  ittProviders: { approved: IttProvider[]; disabled: IttProvider[] }
}

const closed = Temporal.Instant.from('2025-06-30T16:00:00Z')

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

export function tellWorkplaces(telling: Telling): Workplaces {
  return sortWorkplaces(
    [...schools(telling, schoolKinds, 56, 190_001), ...schools(telling, otherKinds, 12, 191_001)],
    nurseries(telling),
    ittProviders(telling),
  )
}

/** URNs from 190001 on: no real school has one yet. */
function schools({ random, tell }: Telling, kinds: readonly (readonly [string, string, string])[], count: number, firstUrn: number) {
  const names = placeNames(
    kinds.map(([, , ending]) => ending),
    count,
  )
  return names.map((name, index) => {
    const [type, phase] = kinds.find(([, , ending]) => name.endsWith(` ${ending}`)) ?? ['1', 'Primary']
    return tell('school', {
      urn: String(firstUrn + index),
      name,
      ukprn: String(firstUrn + index + 10_900_000),
      establishment_type_code: type,
      phase_name: phase,
      la_code: String(800 + (index % 90)),
      number_of_pupils: random.whole(6, 140) * 10,
      last_changed_date: Temporal.PlainDate.from('2021-02-15'),
    })
  })
}

function nurseries({ tell }: Telling): Nursery[] {
  return placeNames(['Day Nursery', 'Childcare', 'Montessori', 'Under Fives'], 12).map((name, index) =>
    tell('private_childcare_provider', {
      provider_urn: `EY9${String(index + 1).padStart(5, '0')}`,
      // names are withheld where the provider is one person
      provider_name: index === 5 ? 'REDACTED' : name,
      disabled_at: index >= 10 ? closed : null,
    }),
  )
}

function ittProviders({ tell }: Telling): IttProvider[] {
  return placeNames(['Teacher Training Partnership', 'School of Education', 'SCITT'], 10).map((name, index) =>
    tell('itt_provider', {
      legal_name: `${name} Limited`,
      operating_name: name,
      approved: index !== 8,
      removed_at: index === 8 ? closed : null,
      disabled_at: index === 9 ? closed : null,
    }),
  )
}

/** The workplaces that a sandbox holds already. */
export async function findWorkplaces(trx: Transacting): Promise<Workplaces> {
  const schools = await trx.selectFrom('schools').selectAll().orderBy('id').execute()
  const nurseries = await trx.selectFrom('private_childcare_providers').selectAll().orderBy('id').execute()
  return sortWorkplaces(schools, nurseries, await trx.selectFrom('itt_providers').selectAll().orderBy('id').execute())
}

function sortWorkplaces(schools: School[], nurseries: Nursery[], ittProviders: IttProvider[]): Workplaces {
  const fundable = ({ establishment_type_code }: School) => schoolKinds.some(([type]) => type === establishment_type_code)
  return {
    schools: { fundable: schools.filter(fundable), other: schools.filter((school) => !fundable(school)) },
    nurseries: { open: nurseries.filter((each) => !each.disabled_at), disabled: nurseries.filter((each) => each.disabled_at) },
    ittProviders: {
      approved: ittProviders.filter(({ approved, disabled_at }) => approved && !disabled_at),
      disabled: ittProviders.filter(({ approved, disabled_at }) => !approved || disabled_at),
    },
  }
}
