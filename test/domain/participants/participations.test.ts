import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'

// What the database keeps about who is a participant of whom is what it would find anew.

const kept = async (db: Database) => db.selectFrom('participations').selectAll().orderBy('user_id').orderBy('lead_provider_id').execute()

async function found(db: Database) {
  const { rows } = await sql`
    select distinct on (u.id, a.lead_provider_id) a.lead_provider_id, u.id as user_id, u.created_at, u.updated_at, greatest(
      u.significantly_updated_at,
      (select max(updated_at) from applications where user_id = u.id),
      (select max(updated_at) from participant_id_changes where user_id = u.id)) as changed_at
    from users u join applications a on a.user_id = u.id
    where a.lead_provider_approval_status = 'accepted'
    order by u.id, a.lead_provider_id`.execute(db)
  return rows
}

const day = (number: number) => Temporal.Instant.from('2026-01-01T00:00Z').add({ hours: 24 * number })

test('it keeps up with every change of people, applications and id changes', { timeout: 60_000 }, async () => {
  const db = await database()
  const providers = await db.selectFrom('lead_providers').select('id').orderBy('id').limit(2).execute()
  const providerId = (place: number) => providers[place]?.id ?? 0
  const people = [await make.user(db), await make.user(db), await make.user(db)]
  const change = fc.record({
    what: fc.constantFrom(
      'accept',
      'reject',
      'transfer',
      'merge',
      'touch',
      'person',
      'person unseen',
      'id change',
      'id change away',
      'delete',
      'all',
    ),
    person: fc.nat(2),
    provider: fc.nat(1),
    time: fc.nat(300),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      await db.deleteFrom('applications').execute()
      await db.deleteFrom('participant_id_changes').execute()
      for (const user of people) {
        for (const provider of ['Ambition Institute', 'Teach First'])
          await make.application(db, { user, provider, cohort: '2021a', updated_at: day(0) })
      }
      for (const { what, person, provider, time } of changes) {
        const user = people[person] ?? { id: 0, public_id: '' }
        const updated_at = day(time)
        const applications = db.updateTable('applications').where('user_id', '=', user.id)
        const own = applications.where('lead_provider_id', '=', providerId(provider))
        const row = db.updateTable('users').where('id', '=', user.id)
        if (what === 'accept') await own.set({ lead_provider_approval_status: 'accepted', training_status: 'withdrawn', updated_at }).execute()
        if (what === 'reject') await own.set({ lead_provider_approval_status: 'rejected', updated_at }).execute()
        if (what === 'transfer') await own.set({ lead_provider_id: providerId(1 - provider), updated_at }).execute()
        if (what === 'merge') await applications.set({ user_id: people[provider]?.id ?? 0, updated_at }).execute()
        if (what === 'touch') await applications.set({ updated_at }).execute()
        if (what === 'person') await row.set({ significantly_updated_at: updated_at, updated_at }).execute()
        if (what === 'person unseen') await row.set({ updated_at, created_at: updated_at }).execute()
        if (what === 'id change')
          await make.insert(db, 'participant_id_changes', {
            user_id: user.id,
            from_participant_id: people[0]?.public_id ?? '',
            to_participant_id: people[1]?.public_id ?? '',
            updated_at,
          })
        if (what === 'id change away')
          await db
            .updateTable('participant_id_changes')
            .set({ user_id: people[provider]?.id ?? 0, updated_at })
            .where('user_id', '=', user.id)
            .execute()
        if (what === 'delete')
          await db.deleteFrom('applications').where('user_id', '=', user.id).where('lead_provider_id', '=', providerId(provider)).execute()
        if (what === 'all')
          await db.updateTable('applications').set({ lead_provider_approval_status: 'accepted', training_status: 'withdrawn', updated_at }).execute()
        expect(await kept(db)).toEqual(await found(db))
      }
    }),
    { numRuns: 25 },
  )
})

test.runIf(onPostgres)('it keeps up with changes at the same time', async () => {
  const db = await database()
  for (let time = 1; time <= 40; time++) {
    const user = await make.user(db)
    const applications = [
      await make.acceptedApplication(db, { user }),
      await make.acceptedApplication(db, { user, cohort: '2022a', provider: 'Teach First' }),
    ]
    await Promise.all(
      applications.map(({ id }, place) =>
        db
          .updateTable('applications')
          .set({ updated_at: day(300 + place) })
          .where('id', '=', id)
          .execute(),
      ),
    )
    expect(await kept(db)).toEqual(await found(db))
  }
})
