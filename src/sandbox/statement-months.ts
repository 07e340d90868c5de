import { utcDate } from '../clock.ts'
import type { Cohort } from './facts.ts'

export type StatementMonth = {
  year: number
  month: number
  /** whether declarations are paid in this month */
  run: boolean
  deadline: Temporal.PlainDate
  payment: Temporal.PlainDate
}

/** The months of cohorts as they were in live use. */
const profiles: Record<string, { first: string; last: string; runs: string[] }> = {
  '2022a': {
    first: '2022-12',
    last: '2026-09',
    runs: [
      ...['2022-12', '2023-03', '2023-07', '2023-11', '2024-02', '2024-03', '2024-06', '2024-09', '2025-03', '2025-06', '2025-09'],
      ...['2026-01', '2026-05', '2026-09'],
    ],
  },
  '2023a': {
    first: '2023-03',
    last: '2026-12',
    runs: ['2023-03', '2023-12', '2024-03', '2024-07', '2024-11', '2025-02', '2025-03', '2026-01', '2026-05', '2026-09'],
  },
  '2024a': { first: '2024-07', last: '2027-04', runs: ['2024-12', '2025-07', '2026-02', '2026-03', '2026-09', '2027-03'] },
  '2025a': { first: '2025-01', last: '2027-07', runs: ['2025-06', '2026-01', '2026-07', '2026-08', '2027-02'] },
  '2025b': { first: '2025-12', last: '2026-08', runs: ['2026-02'] },
}

/** So many years after its start a cohort's contract is over: nothing can be declared any more. */
const yearsOpen = 4

/**
 * The statement months of a cohort: as in live use where that is known, else from two months before its registration opens
 * to two years after, with a payment run each quarter. While declarations are accepted there are quarterly runs for a year to come.
 */
export function monthsOf(cohort: Cohort, today: Temporal.PlainDate): StatementMonth[] {
  const opens = utcDate(cohort.registration_start_date)
  const profile = profiles[cohort.identifier]
  const first = Temporal.PlainYearMonth.from(profile?.first ?? opens.toPlainYearMonth().subtract({ months: 2 }))
  const planned = Temporal.PlainYearMonth.from(profile?.last ?? opens.add({ years: 2 }).subtract({ days: 1 }).toPlainYearMonth())
  const accepting = cohort.start_year + yearsOpen > today.year
  // the last run of these closes a year from now or later
  const needed = today.toPlainYearMonth().add({ months: 15 })
  const last = accepting && Temporal.PlainYearMonth.compare(needed, planned) > 0 ? needed : planned

  const months: StatementMonth[] = []
  for (let month = first; Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    const known = profile && Temporal.PlainYearMonth.compare(month, planned) <= 0
    const quarterly = month.month % 3 === 0 || (!profile && month.equals(planned))
    const deadline = month.toPlainDate({ day: 1 }).subtract({ days: 6 })
    const run = known ? profile.runs.includes(month.toString()) : quarterly
    months.push({ year: month.year, month: month.month, run, deadline, payment: deadline.add({ months: 1 }) })
  }
  return months
}
