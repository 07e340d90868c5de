import type { Database } from '../../db/connect.ts'
import { statementFacts } from './facts.ts'
import { Decimal } from './money.ts'
import { type Figures, figuresOf } from './totals.ts'

/** A statement's figures: those kept when it was paid, or as they are now. Throws where there is no such statement. */
export async function statementFigures(db: Database, statementId: number): Promise<Figures> {
  const { state, totals } = await db.selectFrom('statements').select(['state', 'totals']).where('id', '=', statementId).executeTakeFirstOrThrow()
  if (state === 'paid' && totals !== null) return revived(totals) as Figures
  return figuresOf(await statementFacts(db, statementId))
}

/** The figures as they are kept: every decimal as `{"£": "…"}`, in full. */
export function kept(figures: Figures): string {
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
