import type { Random } from '../../src/sandbox/random.ts'

/** Providers by their share of all applications in hundredths; two are not among the reference facts. */
export const providers = [
  { name: 'Teach First', share: 20 },
  { name: 'Ambition Institute', share: 18 },
  { name: 'Best Practice Network', share: 15 },
  { name: 'UCL Institute of Education', share: 12 },
  { name: 'Church of England', share: 10 },
  { name: 'National Institute of Teaching', share: 8 },
  { name: 'LLSE', share: 7 },
  { name: 'School-Led Network', share: 5 },
  { name: 'Harbour Teaching Alliance', share: 3, id: '0f6d3a7e-5b0c-4f3e-9b43-0d5c1c8a2f10' },
  { name: 'Meridian Learning Trust', share: 2, id: '8d1f4c52-3a0e-4d7b-8f61-2b9c7e5a6d30' },
] as const
export const largest = providers[0].name

/** Cohorts by their share of all applications, with the first day of registration and of training. */
export const cohorts = [
  { identifier: '2021a', share: 13, registers: '2021-04-03', trains: '2021-10-01' },
  { identifier: '2022a', share: 13, registers: '2022-04-03', trains: '2022-10-01' },
  { identifier: '2023a', share: 13, registers: '2023-04-03', trains: '2023-10-01' },
  { identifier: '2024a', share: 13, registers: '2024-04-03', trains: '2024-10-01' },
  { identifier: '2025a', share: 7, registers: '2025-04-03', trains: '2025-10-01' },
  { identifier: '2025b', share: 7, registers: '2025-04-03', trains: '2025-10-01' },
  { identifier: '2026a', share: 8, registers: '2025-10-01', trains: '2026-02-01' },
  { identifier: '2026b', share: 26, registers: '2026-04-03', trains: '2026-10-01' },
] as const
/** The cohort whose pending applications are there to be accepted, and whose accepted ones have nothing declared yet. */
export const freshCohort = '2026b'

export const courses = {
  leadership: ['npq-headship', 'npq-senior-leadership', 'npq-executive-leadership', 'npq-early-years-leadership'],
  specialist: ['npq-leading-teaching', 'npq-leading-behaviour-culture', 'npq-leading-literacy'],
} as const
export type CourseGroup = keyof typeof courses

/** The moment after everything in the dataset. */
export const end = Date.parse('2026-11-01T00:00:00Z')
export const day = 86_400_000

/** One of these, as often as their shares say. */
export function byShare<T extends { share: number }>(random: Random, all: readonly T[]): T {
  let left = random.next() * 100
  for (const one of all) {
    left -= one.share
    if (left < 0) return one
  }
  return all[0] as T
}

export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** A UUID of four random words: a tenth of the time of one that is made digit by digit. */
export function uuid(random: Random): string {
  const word = () => Math.floor(random.next() * 4_294_967_296)
  const hex = (value: number) => value.toString(16).padStart(8, '0')
  const [b, c] = [hex(word()), hex(word())]
  return `${hex(word())}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${hex(word())}`
}
