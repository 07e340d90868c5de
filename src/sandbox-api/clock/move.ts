import { type Clock, later, longDate, utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { author } from '../../domain/author.ts'
import { takeBackJob } from '../../domain/outbox.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../../domain/rules.ts'
import { authorisePayment } from '../../domain/statements/authorise-payment.ts'
import { makePayable } from '../../domain/statements/make-payable.ts'
import { markPaid } from '../../domain/statements/mark-paid.ts'
import { lastPaymentDate, unpaidStatements } from '../../domain/statements/records.ts'
import { paymentKey } from '../../domain/statements/statement.ts'
import { ahead } from './clock.ts'
import { lockClock, setClock } from './records.ts'

export type MoveClock = {
  providerId: number
  /** undefined where what was sent is no date */
  day: Temporal.PlainDate | undefined
  /** everybody's */
  clock: Clock
}

type MoveFacts = {
  day: Temporal.PlainDate | undefined
  /** the provider's day so far */
  present: Temporal.PlainDate
  last: Temporal.PlainDate | null
}

/**
 * Moves a provider's own day. What falls due until then is done, in the order of its days and by the verbs that the jobs and the
 * department call: statements close, are authorised and paid, and what is clawed back is taken off. All of it or nothing.
 */
export async function moveClock(db: Database, { providerId, day, clock }: MoveClock): Promise<Verdict> {
  return transact(db, async (trx) => {
    const before = ahead(clock, await lockClock(trx, providerId)).now()
    const refusals = judge(moveClockRules, { day, present: utcDate(before), last: await lastPaymentDate(trx, providerId) })
    if (refusals.length > 0 || day === undefined) return { refusals }
    for (const due of await dueBy(trx, providerId, day)) await carryOut(trx, providerId, due, before)
    await setClock(trx, providerId, utcDate(clock.now()).until(day).days)
    return done
  })
}

export const moveClockRules: Rules<MoveFacts> = [
  refuse('day_missing', ({ day }) => day === undefined, 'day', 'Give the day to move to in #/day, such as 2026-12-26.'),
  refuse(
    'day_past',
    ({ day, present }) => day !== undefined && Temporal.PlainDate.compare(day, present) < 0,
    'day',
    ({ present }) => `Your day is ${longDate(present)} already, and it cannot go back: what was paid stays paid. Reset your sandbox to begin again.`,
  ),
  refuse(
    'day_after_last_statement',
    ({ day, last, present }) =>
      day !== undefined && Temporal.PlainDate.compare(day, last ?? present) > 0 && Temporal.PlainDate.compare(day, present) > 0,
    'day',
    ({ last, present }) =>
      last === null || Temporal.PlainDate.compare(last, present) < 0
        ? 'You have no statement that is paid later than today, so there is nothing to move to. Reset your sandbox to begin again.'
        : `Your last statement is paid on ${longDate(last)}. Give a #/day until then.`,
  ),
]

type Due = { statementId: number; on: Temporal.PlainDate; what: 'close' | 'pay' }

/** What falls due until a day, in its order: a statement closes on the day after its deadline, and is paid on its payment date. */
async function dueBy(trx: Transacting, providerId: number, day: Temporal.PlainDate): Promise<Due[]> {
  const statements = await unpaidStatements(trx, providerId, day)
  const due = statements.flatMap(({ id: statementId, state, output_fee, deadline_date, payment_date }): Due[] => {
    if (deadline_date === null) return []
    const closes = deadline_date.add({ days: 1 })
    const pays = payment_date !== null && Temporal.PlainDate.compare(payment_date, closes) < 0 ? closes : payment_date
    const paid = output_fee && pays !== null && Temporal.PlainDate.compare(pays, day) <= 0
    return [
      ...(state === 'open' ? [{ statementId, on: closes, what: 'close' as const }] : []),
      ...(paid ? [{ statementId, on: pays, what: 'pay' as const }] : []),
    ]
  })
  return due.sort(
    (one, other) => Temporal.PlainDate.compare(one.on, other.on) || one.what.localeCompare(other.what) || one.statementId - other.statementId,
  )
}

/** At the beginning of its day; what was due before the clock is moved is done late, so that no change carries a time that has been read past. */
async function carryOut(trx: Transacting, providerId: number, { statementId, on, what }: Due, before: Temporal.Instant): Promise<void> {
  const moment = { now: later(on.toZonedDateTime('UTC').toInstant(), before), clockRuns: false }
  if (what === 'close') {
    await makePayable(trx, { ...moment, author: author.job('mark statements payable'), statementId })
    return
  }
  const authoriser = author.leadProvider(providerId)
  const { refusals } = await authorisePayment(trx, { ...moment, author: authoriser, statementId, checksDone: true })
  // a statement that holds nothing is never paid
  if (refusals.length > 0) return
  await markPaid(trx, { ...moment, author: author.job('mark statement paid', authoriser), statementId })
  await takeBackJob(trx, paymentKey(statementId))
}
