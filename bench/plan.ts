import { parseArgs } from 'node:util'

/** How much is measured. */
export type Plan = {
  applications: number
  /** sizes between which the cost of lists is compared */
  growth: readonly number[]
  rounds: number
  /** for which each side is asked in each round */
  milliseconds: number
  /** writes of each side in each round, at most */
  writes: number
  /** whether Express and Directus are measured too */
  others: boolean
  /** the file of the results, and whether the document is written from them */
  results: string
  document: boolean
}

export const connections = 8

/** Reads the command line: `--quick` for three minutes at 50,000 applications; the rest for those who look for something. */
export function readPlan(): Plan {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      applications: { type: 'string' },
      rounds: { type: 'string' },
      milliseconds: { type: 'string' },
      others: { type: 'boolean', default: true },
      results: { type: 'string' },
    },
    allowNegative: true,
  })
  const applications = Number(values.applications ?? (values.quick ? 50_000 : 1_000_000))
  return {
    applications,
    growth: [...[1000, 10_000, 100_000].filter((size) => size < applications && !(values.quick && size === 100_000)), applications],
    rounds: Number(values.rounds ?? (values.quick ? 2 : 5)),
    milliseconds: Number(values.milliseconds ?? (values.quick ? 200 : 1500)),
    writes: values.quick ? 64 : 800,
    others: values.others,
    results: values.results ?? (values.quick ? 'quick' : 'latest'),
    document: !values.quick,
  }
}
