import type { Database } from '../../db/connect.ts'
import type { Statement } from '../statements/statement.ts'
import { statementFacts } from './facts.ts'
import { Decimal } from './money.ts'
import { type Progress, progressOf } from './progress.ts'
import { progressFacts } from './progress-facts.ts'
import { type Figures, figuresOf } from './totals.ts'

/** All that a statement shows. */
export type StatementFigures = Figures & { progress: Progress }

/** A statement's figures: those kept when it was paid, or as they are now. Throws where there is no such statement. */
export async function statementFigures(db: Database, statementId: number): Promise<StatementFigures> {
  const statement = await db
    .selectFrom('statements')
    .select(['id', 'lead_provider_id', 'cohort_id', 'state', 'totals'])
    .where('id', '=', statementId)
    .executeTakeFirstOrThrow()
  if (statement.state === 'paid' && statement.totals !== null) return revived(statement.totals) as StatementFigures
  return presentFigures(db, statement)
}

/** The figures as they are now. */
export async function presentFigures(db: Database, statement: Pick<Statement, 'id' | 'lead_provider_id' | 'cohort_id'>): Promise<StatementFigures> {
  const figures = figuresOf(await statementFacts(db, statement.id))
  return { ...figures, progress: progressOf(await progressFacts(db, statement), figures.courses) }
}

/** The figures as they are kept: every decimal as `{"£": "…"}`, in full. */
export function kept(figures: StatementFigures): string {
  return JSON.stringify(figures, function (this: Record<string, unknown>, key, value) {
    // JSON.stringify has turned decimals into text before it asks
    const own = this[key]
    return Decimal.isDecimal(own) ? { '£': own.toFixed() } : value
  })
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived)
  if (typeof value !== 'object' || value === null) return value
  if ('£' in value) return new Decimal(String(value['£']))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revived(member)]))
}
