import type { Database } from '../../db/connect.ts'
import type { CourseIdentifier } from '../../words.ts'
import { keptMoney, progressFacts, statementFacts } from './facts.ts'
import { keptFigures } from './kept-figures.ts'
import { Decimal, zero } from './money.ts'
import { type Progress, progressOf } from './progress.ts'
import { type Figures, figuresOf, type Totals } from './totals.ts'

/** All that a statement shows. */
export type StatementFigures = Figures & {
  progress: Progress
  /** money that would be other if it were paid now; nothing where the statement is not paid */
  sincePayment: Difference[]
}

/** An amount as it was paid, and as it would be now; of a course, or of the statement where `course` is null. */
export type Difference = { course: CourseIdentifier | null; figure: 'total' | keyof Amounts; paid: Decimal; now: Decimal }
type Amounts = Pick<Totals, (typeof amounts)[number]>

const amounts = [
  'output_payment',
  'targeted_delivery_funding',
  'clawbacks',
  'service_fees',
  'adjustments',
  'reconcile_amount',
  'payment',
] as const satisfies (keyof Totals)[]

/**
 * A statement's figures. Its money is what was kept when it was paid, or else as it is now; what is expected and received is always
 * as it is now (00, decision 36). Throws where there is no such statement.
 */
export async function statementFigures(db: Database, statementId: number): Promise<StatementFigures> {
  const statement = await keptMoney(db, statementId)
  const now = await presentMoney(db, statement.id)
  const { courses, totals } = statement.state === 'paid' && statement.totals !== null ? keptFigures(statement.totals) : now
  const progress = progressOf(await progressFacts(db, statement), courses)
  return { courses, totals, progress, sincePayment: differences({ courses, totals }, now) }
}

/** What a statement comes to now. */
export async function presentMoney(db: Database, statementId: number): Promise<Figures> {
  return figuresOf(await statementFacts(db, statementId))
}

function differences(paid: Figures, now: Figures): Difference[] {
  const ofCourses = paid.courses.map(({ course: { identifier: course }, total }) => {
    const there = now.courses.find((each) => each.course.identifier === course)
    return { course, figure: 'total' as const, paid: total, now: there?.total ?? zero }
  })
  const ofStatement = amounts.map((figure) => ({ course: null, figure, paid: paid.totals[figure], now: now.totals[figure] }))
  return [...ofCourses, ...ofStatement].filter((amount) => !amount.paid.equals(amount.now))
}

/** Figures as text, every decimal as `{"£": "…"}`, in full: so they are kept, and given out. */
export function exactJson(figures: object): string {
  return JSON.stringify(figures, function (this: Record<string, unknown>, key, value) {
    // JSON.stringify has turned decimals into text before it asks
    const own = this[key]
    return Decimal.isDecimal(own) ? { '£': own.toFixed() } : value
  })
}
