import { wireInstant } from '../../clock.ts'
import type { StatementView } from '../../domain/statements/records.ts'
import { monthName } from '../../domain/statements/statement.ts'
import { DateTime, Flag, is, Nullable, PlainDate, represent, Text } from '../representation.ts'

export const statement = represent<StatementView>('statement', {
  month: is(Text, (s) => monthName(s.month), 'The month of the statement, in English.', 'December'),
  year: is(Text, (s) => String(s.year), 'The year of the statement.', '2026'),
  cohort: is(Text, (s) => String(s.start_year), 'The year in which the statement’s cohort starts.', '2026'),
  cut_off_date: is(
    Nullable(PlainDate),
    (s) => s.deadline_date?.toString() ?? null,
    'The last day on which a declaration can still come onto the statement.',
    '2026-11-25',
  ),
  payment_date: is(Nullable(PlainDate), (s) => s.payment_date?.toString() ?? null, 'The day on which you are paid.', '2026-12-25'),
  paid: is(Flag, (s) => s.state === 'paid', 'Whether the statement was paid.', false),
  created_at: is(DateTime, (s) => wireInstant(s.created_at), 'When the statement was made.', '2025-12-04T00:00:00Z'),
  updated_at: is(DateTime, (s) => wireInstant(s.updated_at), 'When the statement last changed.', '2025-12-04T00:00:00Z'),
})
