import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { reject } from '../../../src/domain/applications/reject.ts'
import { now } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

async function titlesOf({ lead_provider_id, public_id }: RowOf<'applications'>) {
  const command = { now, author: 'x', providerId: lead_provider_id, applicationId: public_id, reason: 'rejected_by_provider' } as const
  return (await reject(db, command)).refusals.map(({ title }) => title)
}

describe('rejecting an application', () => {
  test('sets its status and its reason, and leaves all else', async () => {
    const application = await make.acceptedApplication(db, { cohort: '2026b', funded_place: true })
    expect(await titlesOf(application)).toEqual([])
    const after = await db.selectFrom('applications').selectAll().executeTakeFirstOrThrow()
    expect(after).toEqual({
      ...application,
      lead_provider_approval_status: 'rejected',
      reason_for_rejection: 'rejected_by_provider',
      updated_at: now,
    })
    expect(await db.selectFrom('application_states').select('state').execute()).toEqual([{ state: 'active' }])
    expect(await letters(db)).toMatchObject([{ template: 'application rejected' }])
  })

  test.each([
    ['submitted', false],
    ['eligible', false],
    ['payable', false],
    ['paid', false],
    ['voided', true],
    ['ineligible', true],
    ['awaiting_clawback', true],
    ['clawed_back', true],
  ] as const)('is possible with a %s declaration: %s', async (state, possible) => {
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, state })
    expect(await titlesOf(application)).toEqual(possible ? [] : ['application'])
  })

  test.each([
    ['of a person without a TRN whose last pending application it is', { trn: null, trn_verified: false }, false, 0],
    ['of a person with another pending application', { trn: null, trn_verified: false }, true, 1],
    ['of a person with a TRN', {}, false, 1],
  ])('drops the sign-in token %s', async (_, values, another, left) => {
    const user = await make.user(db, values)
    await make.insert(db, 'refresh_tokens', { user_id: user.id, token: 'encrypted', token_updated_at: now })
    if (another) await make.application(db, { user, course: 'npq-senior-leadership' })
    expect(await titlesOf(await make.application(db, { user }))).toEqual([])
    expect(await db.selectFrom('refresh_tokens').selectAll().execute()).toHaveLength(left)
  })
})
