/** What one side did with one request, times in milliseconds; processor time of Node and of the database a request. */
export type Measured = { rate: number; p50: number; p99: number; node: number; postgres: number }

/** The median of each figure over rounds. */
export function medians(rounds: readonly Measured[]): Measured {
  const of = (figure: keyof Measured) => median(rounds.map((round) => round[figure]))
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), node: of('node'), postgres: of('postgres') }
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other)
  const middle = sorted.length / 2
  return sorted.length === 0 ? Number.NaN : ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle - 1)] ?? 0)) / 2
}
