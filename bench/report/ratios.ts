import type { Compared, SideName } from '../results.ts'

/** The service's requests a second, as a part or a multiple of another side's; undefined where that was not measured. */
export function ratio({ sides }: Compared, to: SideName): number | undefined {
  const other = sides[to]
  return sides.service && other?.rate ? sides.service.rate / other.rate : undefined
}

/** Two or three digits, as many as a ratio or a time needs. */
export function digits(value: number | undefined | null): string {
  if (value === undefined || value === null || Number.isNaN(value)) return ''
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(2)
}
