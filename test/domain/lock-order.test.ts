import { expect, test } from 'vitest'
import type { Transacting } from '../../src/db/connect.ts'
import { type LockedApplication, lockApplication, lockEnrolments } from '../../src/domain/applications/records.ts'
import { type LockedDeclaration, lockCompleted, lockDeclaration } from '../../src/domain/declarations/records.ts'
import { recordOutcome } from '../../src/domain/outcomes/record-outcome.ts'
import { type LockedPerson, lockPerson } from '../../src/domain/participants/records.ts'
import { lockItemsOf } from '../../src/domain/statements/lock.ts'
import { lockNextOutputFeeStatement } from '../../src/domain/statements/next-output-fee-statement.ts'
import { now } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

type Row = { id: number }
const next = { providerId: 1, cohortId: 1, today: Temporal.PlainDate.from('2026-11-02') }
const outcome = { state: 'passed', completionDate: next.today } as const

/** The one order; what holds more serves where less is asked for. */
async function inOrder(trx: Transacting, user: Row, application: Row, declaration: Row): Promise<LockedDeclaration | undefined> {
  const person = await lockPerson(trx, user.id)
  const ofPerson = person && (await lockApplication(person, application.id))
  const locked = ofPerson && (await lockDeclaration(ofPerson, declaration.id))
  if (locked) await lockNextOutputFeeStatement(locked, next)
  return locked
}

test('a declaration is locked through its application, and that through its person', async () => {
  const db = await database()
  const user = await make.user(db)
  const application = await make.acceptedApplication(db, { user })
  const declaration = await make.declaration(db, { application })
  const other = await make.user(db)
  await db.transaction().execute(async (trx) => {
    const locked = await inOrder(trx, user, application, declaration)
    expect([locked?.user.id, locked?.application.id, locked?.declaration.id]).toEqual([user.id, application.id, declaration.id])
    expect(await inOrder(trx, other, application, declaration)).toBeUndefined()
    expect(await inOrder(trx, { id: 0 }, application, declaration)).toBeUndefined()
  })
})

// the compiler holds this: were one of them to compile, its @ts-expect-error would not
test('a lock in another order does not compile', () => {
  const wrongOrders = [
    // @ts-expect-error an application before its person
    (trx: Transacting) => lockApplication(trx, 1),
    // @ts-expect-error enrolments before their person
    (trx: Transacting) => lockEnrolments(trx, 1),
    // @ts-expect-error a person who was read and not locked
    (trx: Transacting, user: LockedPerson['user']) => lockApplication({ trx, user, sameTrn: [] }, 1),
    // @ts-expect-error a declaration before its application
    (person: LockedPerson) => lockDeclaration(person, 1),
    // @ts-expect-error a declaration before its person
    (trx: Transacting) => lockCompleted(trx, { providerId: 1, courseIdentifier: undefined, onTransferred: false }),
    // @ts-expect-error an application that was read and not locked
    (person: LockedPerson, application: LockedApplication['application']) => lockDeclaration({ ...person, application }, 1),
    // @ts-expect-error a statement before what goes on it
    (trx: Transacting) => lockNextOutputFeeStatement(trx, next),
    // @ts-expect-error a statement with the person alone
    (person: LockedPerson) => lockNextOutputFeeStatement(person, next),
    // @ts-expect-error items before their declaration
    (application: LockedApplication) => lockItemsOf(application),
    // @ts-expect-error an outcome of a declaration that is not locked
    (application: LockedApplication) => recordOutcome(application, { now, author: '' }, outcome),
  ]
  expect(wrongOrders.length).toBeGreaterThan(0)
})
