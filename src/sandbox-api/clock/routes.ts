import { Type } from 'typebox'
import { readAttributes, textAttribute } from '../../api/body.ts'
import { changed } from '../../api/changes.ts'
import type { Endpoint, JsonEndpoint } from '../../api/endpoint.ts'
import { broken } from '../../api/problems.ts'
import { DateTime, is, Nullable, PlainDate, represent } from '../../api/representation.ts'
import { singleOf } from '../../api/schemas.ts'
import { versions } from '../../api/versions.ts'
import { type Clock, utcDate, wireInstant } from '../../clock.ts'
import { parseDate } from '../../dates.ts'
import { possibleRefusals } from '../../domain/rules.ts'
import { wrongStructure } from '../../http/problems.ts'
import { resetProvider, resetRules } from '../../sandbox/reset.ts'
import { type ClockView, readClock } from './clock.ts'
import { moveClock, moveClockRules } from './move.ts'

const clockOfProvider = represent<ClockView>('sandbox-clock', {
  day: is(PlainDate, ({ now }) => utcDate(now).toString(), 'Your day, in UTC. It goes on at midnight.', '2026-12-26'),
  now: is(DateTime, ({ now }) => wireInstant(now), 'The moment by which your request was judged.', '2026-12-26T09:15:00Z'),
  days_ahead: is(
    Type.Unsafe<number>({ type: 'integer', minimum: 0 }),
    (clock) => clock.days_ahead,
    'By how many days it is ahead of the calendar.',
    54,
  ),
  last_day: is(
    Nullable(PlainDate),
    (clock) => clock.last_day?.toString() ?? null,
    'The last day to which it can be moved: the payment date of your last statement.',
    '2028-02-24',
  ),
})

const tag = 'Sandbox clock'
const answer = singleOf('ClockResponse', 'Clock', clockOfProvider)

/** `clock`: everybody's, which the providers' own are ahead of. */
export function clockEndpoints(clock: Clock): readonly Endpoint[] {
  const show: JsonEndpoint = {
    format: 'json',
    method: 'GET',
    path: '/clock',
    versions,
    tag,
    operationId: 'getClock',
    summary: 'See your day',
    description: 'The day by which your requests are judged. Nobody but you sees it.',
    answer,
    problems: () => [],
    handle: async ({ db, provider, version }) => clockOfProvider.one(version, await readClock(db, clock, provider.id)),
  }
  const move: JsonEndpoint = {
    format: 'json',
    method: 'POST',
    path: '/clock',
    versions,
    tag,
    operationId: 'moveClock',
    summary: 'Move your day',
    description:
      'Goes to a later day, and does what falls due until then for your statements alone: after its deadline a statement and its declarations become payable, on its payment date they are paid, and what you clawed back is taken off. It cannot go back: a reset does that.',
    body: () => ({
      name: 'ClockRequest',
      type: 'sandbox-clock',
      attributes: Type.Object({ day: { ...PlainDate, description: 'The day to go to. Today’s date does what is due today.' } }),
      required: true,
      example: { day: '2026-12-26' },
    }),
    answer,
    refusals: possibleRefusals(moveClockRules),
    problems: () => [wrongStructure(), broken(moveClockRules, 'day')],
    async handle({ db, provider, version, body }) {
      const { day } = readAttributes(body, ['day'], 'required')
      const verdict = await moveClock(db, { providerId: provider.id, day: parseDate(textAttribute(day) ?? ''), clock })
      return clockOfProvider.one(version, await changed(verdict, () => readClock(db, clock, provider.id)))
    },
  }
  const reset: JsonEndpoint = {
    format: 'json',
    method: 'POST',
    path: '/reset',
    versions,
    tag,
    operationId: 'resetSandbox',
    summary: 'Reset your data',
    description:
      'Puts your applications, participants, declarations, outcomes and statements back to what the sandbox began with, takes away what was made since, and sets your day to today. Nothing of anybody else changes; your tokens stay. No body is needed.',
    answer,
    makes: { days_ahead: 0, day: '2026-11-02', now: '2026-11-02T09:15:00Z' },
    refusals: possibleRefusals(resetRules),
    problems: () => [broken(resetRules, 'base')],
    async handle({ db, provider, version, act }) {
      const verdict = await resetProvider(db, { ...act, providerId: provider.id })
      return clockOfProvider.one(version, await changed(verdict, () => readClock(db, clock, provider.id)))
    },
  }
  return [show, move, reset]
}
