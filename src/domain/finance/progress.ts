import { type CourseIdentifier, type DeclarationType, declarationTypes } from '../../words.ts'
import type { PerType } from './contract.ts'
import { type Decimal, sum, zero } from './money.ts'
import type { CourseFigures } from './totals.ts'

/** What is known of the declarations that a statement waits for (05 section 9). */
export type ProgressFacts = {
  /** types with a milestone on the statement */
  types: DeclarationType[]
  /** applications from which a declaration of the type is expected; nobody where the type has no milestone here */
  expected: PerType
  received: PerType
  /** distinct applications expected for any type, by course */
  expectedByCourse: Partial<Record<CourseIdentifier, number>>
}

export type Progress = {
  types: DeclarationType[]
  expected: PerType
  received: PerType
  /** what earlier types still lack is added to each; may be negative */
  remaining: PerType
  total: { expected: number; received: number; remaining: number }
  /** what the statement would pay if everyone expected declared, standalone courses apart */
  expectedOutput: Decimal
}

type Priced = Pick<CourseFigures, 'course' | 'special' | 'output'>

export function progressOf({ types, expected, received, expectedByCourse }: ProgressFacts, courses: readonly Priced[]): Progress {
  const over = (counts: PerType, some: readonly DeclarationType[]) => some.reduce((total, type) => total + counts[type], 0)
  return {
    types,
    expected,
    received,
    remaining: remaining(expected, received),
    total: {
      expected: over(expected, types),
      received: over(received, declarationTypes),
      remaining: over(expected, types) - over(received, types),
    },
    expectedOutput: sum(
      courses.map(({ course, special, output }) => (special ? zero : output.price.times(expectedByCourse[course.identifier] ?? 0))),
    ),
  }
}

function remaining(expected: PerType, received: PerType): PerType {
  const left: PerType = { started: 0, 'retained-1': 0, 'retained-2': 0, completed: 0 }
  let behind = 0
  for (const type of declarationTypes) {
    const missing = expected[type] - received[type]
    if (expected[type] > 0) left[type] = missing + behind
    behind += Math.max(0, missing)
  }
  return left
}
