import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'

// The moment that the database keeps for each application is the later of its own change and its person's significant one.

async function wrong(db: Database) {
  const { rows } = await sql`select applications.id, shown_updated_at, greatest(applications.updated_at, significantly_updated_at) as expected
    from applications join users on users.id = user_id
    where shown_updated_at <> greatest(applications.updated_at, significantly_updated_at)`.execute(db)
  return rows
}

const day = (number: number) => Temporal.Instant.from('2026-01-01T00:00Z').add({ hours: 24 * number })

test('it keeps up with every change of people and applications', { timeout: 60_000 }, async () => {
  const db = await database()
  const people = [await make.user(db), await make.user(db), await make.user(db)]
  const change = fc.record({
    what: fc.constantFrom('application', 'new application', 'person', 'person unseen', 'everyone', 'move', 'move and change', 'import'),
    person: fc.nat(2),
    other: fc.nat(2),
    time: fc.nat(300),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      for (const { what, person, other, time } of changes) {
        const { id } = people[person] ?? { id: 0 }
        const user_id = people[other]?.id ?? 0
        const updated_at = day(time)
        const applications = db.updateTable('applications').where('user_id', '=', id)
        if (what === 'application') await applications.set({ updated_at }).execute()
        if (what === 'new application') await make.application(db, { user: { id }, updated_at })
        if (what === 'person') await db.updateTable('users').set({ significantly_updated_at: updated_at }).where('id', '=', id).execute()
        if (what === 'person unseen') await db.updateTable('users').set({ updated_at }).where('id', '=', id).execute()
        if (what === 'everyone') await db.updateTable('users').set({ significantly_updated_at: updated_at }).execute()
        if (what === 'move') await applications.set({ user_id }).execute()
        if (what === 'move and change') await applications.set({ user_id, updated_at }).execute()
        if (what === 'import')
          await sql`insert into applications (user_id, course_id, lead_provider_id, updated_at)
            select users.id, courses.id, lead_providers.id, ${updated_at.toString()} from users, courses, lead_providers limit 20`.execute(db)
        expect(await wrong(db)).toEqual([])
      }
    }),
    { numRuns: 20 },
  )
})

test.runIf(onPostgres)('it keeps up with changes at the same time', async () => {
  const db = await database()
  for (let time = 1; time <= 20; time++) {
    const user = await make.user(db)
    const application = await make.application(db, { user })
    await Promise.all([
      db
        .updateTable('users')
        .set({ significantly_updated_at: day(310) })
        .where('id', '=', user.id)
        .execute(),
      db
        .updateTable('applications')
        .set({ updated_at: day(305) })
        .where('id', '=', application.id)
        .execute(),
      make.application(db, { user, updated_at: day(300) }),
    ])
    expect(await wrong(db)).toEqual([])
  }
})
