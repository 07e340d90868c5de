import { paymentFacts } from '../../domain/finance/facts.ts'
import { type Payment, paymentOf, unpaidReasons } from '../../domain/finance/payment.ts'
import { monthName } from '../../domain/statements/statement.ts'
import type { Foresight } from '../endpoint.ts'
import { Choice, Flag, is, Nullable, PlainDate, representPart, Text, Uuid } from '../representation.ts'
import { newestVersion } from '../versions.ts'

const payment = representPart<Payment>({
  will_be_paid: is(Flag, (p) => p.unpaid === null, 'Whether the declaration would be paid, as things stand.', true),
  reason: is(Nullable(Choice(unpaidReasons)), (p) => p.unpaid, 'Why it would not be paid; null where it would.', null),
  amount: is(Text, (p) => p.amount.toFixed(2), 'What would be paid for it, in pounds.', '160.00'),
  statement_id: is(Nullable(Uuid), (p) => p.statement?.public_id ?? null, 'The statement that it would come onto.', null),
  statement_month: is(Nullable(Text), (p) => (p.statement ? monthName(p.statement.month) : null), 'Its month, in English.', 'November'),
  statement_year: is(Nullable(Text), (p) => (p.statement ? String(p.statement.year) : null), 'Its year.', '2026'),
  payment_date: is(Nullable(PlainDate), (p) => p.statement?.payment_date?.toString() ?? null, 'The day on which it would be paid.', '2026-12-25'),
})

/** What a new declaration would be paid. It is told in the same words in every version. */
export const foresees: Foresight = {
  name: 'payment',
  schema: payment.schema(newestVersion),
  async look({ db }, answer) {
    const { data } = answer as { data: { id: string } }
    return payment.project(newestVersion, paymentOf(await paymentFacts(db, data.id)))
  },
}
