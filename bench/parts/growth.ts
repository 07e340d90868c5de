import { firstPages } from '../asked/reads.ts'
import type { LoadGenerator } from '../gauge/load.ts'
import { repeatedly } from '../gauge/measure.ts'
import { type Measured, medians } from '../gauge/measured.ts'
import type { Plan } from '../plan.ts'
import type { Growth } from '../results.ts'
import { say } from '../say.ts'
import type { Bench } from './bench.ts'

/** What the first page of each list costs among how many applications, all sizes in turn in each round. */
export async function growth(plan: Plan, benches: ReadonlyMap<number, Bench>, generator: LoadGenerator): Promise<Growth[]> {
  say(`how cost grows: ${[...benches.keys()].map((size) => size.toLocaleString('en')).join(', ')} applications`)
  const subjects = firstPages().flatMap(({ noun, calls }) =>
    [...benches].map(([size, { admin, service }]) => ({
      key: `${noun} ${size}`,
      again: repeatedly({ generator, admin }, service, calls, plan.milliseconds),
    })),
  )
  const measured = new Map<string, Measured[]>()
  for (let round = 0; round <= plan.rounds; round++) {
    for (const { key, again } of subjects) {
      const found = await again()
      // the first round warms up
      if (round > 0) measured.set(key, [...(measured.get(key) ?? []), found])
    }
  }
  return firstPages().map(({ noun }) => ({
    noun,
    sizes: [...benches.keys()].map((applications) => {
      const { node, postgres } = medians(measured.get(`${noun} ${applications}`) ?? [])
      return { applications, node, postgres }
    }),
  }))
}
