import { Decimal as DecimalJs } from 'decimal.js'

/** Exact decimals: 40 significant digits in divisions, and rounding, where there is any, half away from zero. */
export const Decimal = DecimalJs.clone({ precision: 40, rounding: DecimalJs.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 })
export type Decimal = DecimalJs

export const zero: Decimal = new Decimal(0)

export function sum(amounts: Iterable<Decimal>): Decimal {
  let total = zero
  for (const amount of amounts) total = total.plus(amount)
  return total
}

/** `-£1,234.50`: the only place where money is rounded. */
export function pounds(amount: Decimal): string {
  const rounded = amount.toDecimalPlaces(2)
  const [whole = '', pence] = rounded.abs().toFixed(2).split('.')
  const sign = rounded.isNegative() && !rounded.isZero() ? '-' : ''
  return `${sign}£${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${pence}`
}

/** Plain notation with at least one decimal place, as files have it: `800.0`. */
export function plain(amount: Decimal): string {
  return amount.isInteger() ? amount.toFixed(1) : amount.toFixed()
}
