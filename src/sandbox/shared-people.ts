import { accepted, apply } from './applications.ts'
import { daysAfter } from './moments.ts'
import { makePerson } from './people.ts'
import { train } from './training.ts'
import type { World } from './world.ts'

/** Six people of each of these providers are the same in every sandbox; the ids of the first three are, too (06 section 16). */
const shared = [
  {
    provider: 'Best Practice Network',
    firstTrn: 9_999_024,
    ids: ['4f6c2b1e-8d37-4a52-9c0e-51b7a3e60d11', '7a913fd0-25c4-4be8-b6f1-0c8e94d27a12', 'c35e08b7-f16a-4d93-8a24-e7d0629fb513'],
  },
  {
    provider: 'Ambition Institute',
    firstTrn: 9_999_036,
    ids: ['1d8b75a3-6e20-4f9c-a7d4-93c5e0f81b21', '5be04c96-d3f7-4168-8e52-2a7f1c9d6022', '92f7a1d8-0c4b-4e35-b983-68d15fe07c23'],
  },
  {
    provider: 'Teach First',
    firstTrn: 9_999_042,
    ids: ['2c97e6f4-a05d-4b18-9f63-d481b27c5e31', '68d1f03b-7e92-4ca6-8b05-f5a34e19d032', 'ae4052c9-1b8f-4d70-a3e6-07c9d86b2f33'],
  },
  {
    provider: 'UCL Institute of Education',
    firstTrn: 9_999_054,
    ids: ['3e6a91c5-d82f-4074-b15a-c90f7e4d2841', '80b5d7e2-4f1c-4936-9d8e-1b6c3fa05d42', 'd72f40a8-93be-4c51-8067-5ea9d18c3b43'],
  },
]

const names = ['Odalys Farthingale', 'Bram Whitlock', 'Ines Aguilar-Moss', 'Tobias Rainford', 'Yetunde Oakes', 'Marguerite Sowerby']

export function tellSharedPeople(world: World): void {
  for (const { provider: name, firstTrn, ids } of shared) {
    const provider = world.facts.providers.find((each) => each.name === name)
    const cohorts = provider ? world.facts.cohortsOf(provider).filter(({ funding }) => funding !== 'zero') : []
    if (!provider || cohorts.length === 0) continue
    for (const [index, fullName] of names.entries()) {
      const cohort = cohorts[index % cohorts.length] ?? world.random.pick(cohorts)
      const slug = `${fullName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
      const given = { fullName, email: `${slug}@shared.example`, trn: String(firstTrn + index), ...(ids[index] && { id: ids[index] }) }
      const person = makePerson(world, daysAfter(cohort.registration_start_date, 1), { given })
      const application = apply(world, { provider, cohort, person })
      if (index % 3 !== 2) train(world, accepted(world, application), index === 3 ? 'deferred' : 'active')
    }
  }
}
