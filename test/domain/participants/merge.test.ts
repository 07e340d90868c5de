import { beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transacting } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { archive } from '../../../src/domain/participants/archive.ts'
import { changeTrns } from '../../../src/domain/participants/change-trns.ts'
import { changeUser } from '../../../src/domain/participants/change-user.ts'
import { type Merge, merge } from '../../../src/domain/participants/merge.ts'
import { type LockedPerson, lockPeople } from '../../../src/domain/participants/records.ts'
import { unarchive } from '../../../src/domain/participants/unarchive.ts'
import type { Verdict } from '../../../src/domain/rules.ts'
import { now } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const act = { now, author: 'Command test' }
type User = RowOf<'users'>
const reread = ({ id }: { id: number }) => db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const applicationsOf = ({ id }: User) => db.selectFrom('applications').selectAll().where('user_id', '=', id).orderBy('id').execute()
const idChanges = async () =>
  (await db.selectFrom('participant_id_changes').selectAll().orderBy('id').execute()).map(({ user_id, from_participant_id, to_participant_id }) => [
    user_id,
    from_participant_id,
    to_participant_id,
  ])

async function mergeInto(kept: User, merged: User, options: Partial<Merge> = {}, real = true) {
  return rehearse(db, { real }, async (trx) => {
    const [m, k] = await lockPeople(trx, [merged.public_id, kept.public_id])
    if (!m || !k) throw new Error('both were made')
    return merge(act, { merged: m, kept: k, ...options })
  })
}
const alter = (work: (trx: Transacting) => Promise<User>) => db.transaction().execute(work)
/** Does something with a locked person, and says what was refused and what the record is then. */
async function onPerson(user: User, work: (person: LockedPerson) => Promise<Verdict>) {
  const { refusals } = await db.transaction().execute(async (trx) => {
    const [person] = await lockPeople(trx, [user.id])
    if (!person) throw new Error('the person was made')
    return work(person)
  })
  return { ...(await reread(user)), refused: refusals.map(({ detail }) => detail) }
}

describe('merging one record into another', () => {
  test('moves all applications and says that the id changed, and archives the record', async () => {
    const [kept, merged] = [await make.user(db), await make.user(db, { email: 'm@school.example', uid: 'one', provider: 'teacher_auth' })]
    const third = await make.user(db)
    const pending = await make.application(db, { user: merged })
    const accepted = await make.acceptedApplication(db, { user: merged })
    await make.acceptedApplication(db, { user: kept, provider: 'Teach First' })
    const before = await make.application(db, { user: merged, merged_from_user_id: third.id })
    await make.declaration(db, { application: accepted })
    await mergeInto(kept, merged)

    const moved = await applicationsOf(kept)
    expect(moved.map(({ id, merged_from_user_id }) => [id, merged_from_user_id]).filter(([id]) => id !== moved[2]?.id)).toEqual([
      [pending.id, merged.id],
      [accepted.id, merged.id],
      [before.id, third.id],
    ])
    expect(moved.filter(({ updated_at }) => updated_at.equals(now))).toHaveLength(3)
    expect(await applicationsOf(merged)).toEqual([])
    expect(await idChanges()).toEqual([[kept.id, merged.public_id, kept.public_id]])
    expect(await reread(merged)).toMatchObject({
      email: 'archived-m@school.example',
      archived_email: 'm@school.example',
      archived_at: now,
      uid: null,
      provider: null,
      significantly_updated_at: now,
    })
    expect(await reread(kept)).toEqual(kept)
    const kinds = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).execute()
    expect(new Set(kinds.map(({ item_type }) => item_type))).toEqual(new Set(['Application', 'ParticipantIdChange', 'User']))
    expect(new Set(kinds.map(({ whodunnit }) => whodunnit))).toEqual(new Set(['Command test']))
  })

  test.each([false, true])('moves former ids along but leads nowhere in a circle (the change was there before: %s)', async (there) => {
    const [kept, merged] = [await make.user(db), await make.user(db)]
    const back = await make.idChange(db, { user: merged, from_participant_id: kept.public_id })
    const other = await make.idChange(db, { user: merged })
    if (there) await make.idChange(db, { user: kept, from_participant_id: merged.public_id })
    await mergeInto(kept, merged)
    const changes = await idChanges()
    expect(changes).toHaveLength(2)
    expect(changes).toContainEqual([kept.id, other.from_participant_id, merged.public_id])
    expect(changes).toContainEqual([kept.id, merged.public_id, kept.public_id])
    expect(changes).not.toContainEqual([merged.id, back.from_participant_id, back.to_participant_id])
    const [moved] = await db.selectFrom('participant_id_changes').selectAll().where('id', '=', other.id).execute()
    expect(moved?.created_at).toEqual(other.created_at)
  })

  test('as a rehearsal changes nothing', async () => {
    const [kept, merged] = [await make.user(db), await make.user(db)]
    const application = await make.acceptedApplication(db, { user: merged })
    expect(await mergeInto(kept, merged, {}, false)).toMatchObject({ applications: 1 })
    expect(await applicationsOf(merged)).toEqual([application])
    expect([await reread(merged), await idChanges()]).toEqual([merged, []])
  })

  test('that is archived is refused, and undone, unless that is allowed', async () => {
    const archived = { archived_at: Temporal.Instant.from('2026-01-01T00:00Z'), archived_email: 'm@school.example' }
    const [kept, merged] = [await make.user(db), await make.user(db, archived)]
    const application = await make.application(db, { user: merged })
    expect((await mergeInto(kept, merged)).refusals[0]?.detail).toContain('is archived already')
    expect([await applicationsOf(merged), await idChanges()]).toEqual([[application], []])
    await mergeInto(kept, merged, { allowArchived: true })
    expect(await applicationsOf(kept)).toHaveLength(1)
    expect(await reread(merged)).toEqual(merged)
  })

  test.each([
    [null, true, 'one'],
    [null, false, null],
    ['two', true, 'two'],
  ] as const)('with the sign-in %s, asked to take the other one (%s), leaves %s', async (uid, takeUid, expected) => {
    const [kept, merged] = [await make.user(db, { uid }), await make.user(db, { uid: 'one' })]
    await mergeInto(kept, merged, { takeUid })
    expect((await reread(kept)).uid).toBe(expected)
    expect((await reread(merged)).uid).toBeNull()
  })

  test('cannot be itself', async () => {
    const user = await make.user(db)
    expect((await mergeInto(user, user)).refusals[0]?.detail).toContain('into itself')
  })
})

describe('archiving', () => {
  test('counts on where the address is taken', async () => {
    for (const expected of ['archived-x@y.example', 'archived-2-x@y.example', 'archived-3-x@y.example']) {
      const user = await make.user(db, { email: 'x@y.example' })
      expect((await onPerson(user, (person) => archive(person, act))).email).toBe(expected)
    }
  })

  test('can leave no address, and then tells the operators of someone with applications', async () => {
    const [plain, applicant] = [await make.user(db), await make.user(db)]
    await make.application(db, { user: applicant })
    for (const user of [plain, applicant]) {
      expect(await onPerson(user, (person) => archive(person, act, { blankEmail: true }))).toMatchObject({ email: null, archived_email: user.email })
    }
    const jobs = await db.selectFrom('jobs').select(['kind', 'payload']).execute()
    expect(jobs).toMatchObject([{ kind: 'alert operators', payload: { participantId: applicant.public_id } }])
  })

  test('is undone by unarchiving, where an address is left', async () => {
    const user = await make.user(db)
    expect(await onPerson(user, (person) => unarchive(person, act))).toEqual({ ...user, refused: [] })
    await onPerson(user, (person) => archive(person, act))
    const restored = await onPerson(user, (person) => unarchive(person, act))
    expect(restored).toMatchObject({ archived_at: null, archived_email: null })
    await onPerson(user, (person) => archive(person, act, { blankEmail: true }))
    const { refused } = await onPerson(user, (person) => unarchive(person, act))
    expect(refused).toEqual([expect.stringContaining('no email address')])
  })
})

describe('changing TRNs', () => {
  test('takes blanks out, verifies, and goes on after a row that is refused', async () => {
    const user = await make.user(db, { trn: null, trn_verified: false, trn_lookup_status: 'Failed' })
    const verdicts = await changeTrns(db, act, [
      { participantId: 'nobody', trn: '2345678' },
      { participantId: user.public_id, trn: '1111111' },
      { participantId: user.public_id.toUpperCase(), trn: '  2345  678  ' },
    ])
    expect(verdicts.map(({ refusals }) => refusals.map(({ title }) => title))).toEqual([['user'], [], []])
    expect(await reread(user)).toMatchObject({ trn: '2345678', trn_verified: true, trn_lookup_status: null, significantly_updated_at: now })
  })
})

describe('a change of a person', () => {
  test.each([
    ['a name', { full_name: 'Other' }, true],
    ['previous names', { previous_names: ['Other'] }, true],
    ['a lookup status', { trn_lookup_status: 'None' }, false],
    ['the same name', { full_name: 'Ada' }, false],
    ['the same name with a lookup status', { full_name: 'Ada', trn_lookup_status: 'None' }, false],
  ])('of %s is one that providers see: %s', async (_, values, seen) => {
    const user = await make.user(db, { full_name: 'Ada' })
    const after = await alter((trx) => changeUser(trx, act, user, values))
    expect(after.significantly_updated_at.equals(now)).toBe(seen)
  })

  test('cannot verify a TRN that is not there', async () => {
    const user = await make.user(db, { trn: null, trn_verified: false })
    await expect(alter((trx) => changeUser(trx, act, user, { trn_verified: true }))).rejects.toThrow('users_verified_trn_is_present')
  })
})
