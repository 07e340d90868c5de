import { expect, test } from 'vitest'
import { type InstantText, wireInstant } from '../src/clock.ts'
import { database } from './support/database.ts'

test.each([
  ['2026-03-04 09:15:00+00', '2026-03-04T09:15:00Z'],
  ['2026-03-04 09:15:59.999999+00', '2026-03-04T09:15:59Z'],
  ['2026-03-04 09:15:00.25+01', '2026-03-04T08:15:00Z'],
  ['2026-03-04 01:15:00+05:30', '2026-03-03T19:45:00Z'],
  ['2026-03-04 09:15:00-03', '2026-03-04T12:15:00Z'],
])('the instant %s is %s on the wire, as text and as a value', (text, wire) => {
  expect([wireInstant(text as InstantText), wireInstant(Temporal.Instant.from(text))]).toEqual([wire, wire])
})

test('an instant that is read as text is the one that was written', async () => {
  const db = await database()
  const instant = Temporal.Instant.from('2026-03-29T01:30:00.123456Z')
  const { text } = await db
    .selectNoFrom((eb) => eb.cast<InstantText>(eb.cast(eb.val(instant), 'timestamptz'), 'text').as('text'))
    .executeTakeFirstOrThrow()
  expect([Temporal.Instant.from(text).equals(instant), wireInstant(text)]).toEqual([true, '2026-03-29T01:30:00Z'])
})
