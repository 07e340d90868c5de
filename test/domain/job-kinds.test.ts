import { describe, expect, test } from 'vitest'
import type { Transacting } from '../../src/db/connect.ts'
import { payloadOf, waitingReason } from '../../src/domain/job-kinds.ts'
import { queueJob } from '../../src/domain/outbox.ts'
import type { works } from '../../src/jobs/table.ts'

describe('a job', () => {
  test('of an unknown kind, or with a payload of another shape, does not compile', () => {
    // only the compiler reads this
    const mistakes = (trx: Transacting, { prune: _prune, ...others }: typeof works) => [
      queueJob(trx, { kind: 'allocate TRN', payload: { userId: 1 } }),
      // @ts-expect-error no such kind
      queueJob(trx, { kind: 'allocate a TRN', payload: { userId: 1 } }),
      // @ts-expect-error a number is needed
      queueJob(trx, { kind: 'mark statement paid', payload: { statementId: '1' } }),
      // @ts-expect-error the payload of another kind
      queueJob(trx, { kind: 'mark statement paid', payload: { userId: 1 } }),
      // @ts-expect-error no such template
      queueJob(trx, { kind: 'send letter', payload: { template: 'hello', recipient: 'p@school.example', personalisation: {} } }),
      // @ts-expect-error a kind that workers carry out is missing
      others satisfies typeof works,
    ]
    expect(mistakes).toBeTypeOf('function')
  })

  test.each([
    ['mark statement paid', { statementId: 7, authorisedBy: 'Admin a', since: 'a later version' }, { statementId: 7, authorisedBy: 'Admin a' }],
    ['prune', { day: '2026-11-02' }, { day: Temporal.PlainDate.from('2026-11-02') }],
    ['send letter', letter({}), letter({})],
  ] as const)('to %s is told what it needs', (kind, payload, read) => {
    expect(payloadOf(kind, JSON.parse(JSON.stringify(payload)))).toEqual(read)
  })

  test.each([
    ['mark statement paid', {}, 'payload.statementId is not a whole number.'],
    ['mark statement paid', { statementId: 1.5 }, 'payload.statementId is not a whole number.'],
    ['mark statement paid', { statementId: 1, authorisedBy: null }, 'payload.authorisedBy is not text.'],
    ['allocate TRN', [], 'payload is not an object.'],
    ['prune', { day: 5 }, 'payload.day is not text.'],
    ['send letter', letter({ template: 'hello' }), /^payload.template is not one of application submitted, /],
    ['send letter', letter({ personalisation: { full_name: null } }), 'payload.personalisation.full_name is not text.'],
  ] as const)('to %s is not told %o', (kind, payload, problem) => {
    expect(() => payloadOf(kind, payload)).toThrow(problem)
  })

  test('waits where its service is not connected, or no worker knows its kind', () => {
    expect(waitingReason('prune')).toBeUndefined()
    expect(waitingReason('send letter')).toBeUndefined()
    expect(waitingReason('send letter', [])).toBe('waits for the mail service, which is not connected')
    expect(waitingReason('allocate TRN')).toMatch(/^waits for the teaching record service, which is not connected; until then: npq /)
    expect(waitingReason('toString')).toBe('waits for a worker that knows this kind of job')
  })
})

function letter(values: object) {
  return { template: 'deferred', recipient: 'p@school.example', personalisation: { full_name: 'P' }, ...values }
}
