import { describe, expect, test } from 'vitest'
import { rehearseOrWrite, showAndAsk, type Work } from '../../src/cli/carry-out.ts'
import type { Act } from '../../src/domain/history.ts'
import { change } from '../../src/domain/history.ts'
import { lockPerson } from '../../src/domain/participants/records.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

const act = (): Act => ({ now: Temporal.Instant.from('2026-11-02T09:00:00Z'), author: 'Admin ann@example.org (participant test)' })

/** A terminal that writes down what it is told; `answer` undefined: there is nobody to ask. */
function terminal(answer?: string | (() => Promise<string>)) {
  const said: string[] = []
  const asked: string[] = []
  const ask = async (question: string) => {
    asked.push(question)
    return typeof answer === 'function' ? answer() : (answer ?? '')
  }
  return {
    said,
    asked,
    print: (text: string) => said.push(text),
    note: (text: string) => said.push(text),
    ask: answer === undefined ? undefined : ask,
  }
}

async function person() {
  const db = await database()
  const user = await make.user(db, { full_name: 'Petra Lindqvist', trn: '1234567' })
  const trn = async () => (await db.selectFrom('users').select('trn').where('id', '=', user.id).executeTakeFirstOrThrow()).trn
  const work: Work = async (trx, acting) => {
    const locked = await lockPerson(trx, user.public_id)
    if (locked) await change(trx, acting, 'users', locked.user, { trn: '7654321' })
    return { done: 'The TRN is changed.' }
  }
  return { db, trn, work, shown: `User ${user.public_id} (Petra Lindqvist)\n  trn: 1234567 → 7654321` }
}

describe('a command that changes one record', () => {
  test.each(['y', 'YES', ' yes '])('shows it, old and new, and changes it for the answer %j', async (answer) => {
    const { db, trn, work, shown } = await person()
    const at = terminal(answer)
    await showAndAsk({ db, act, terminal: at }, false, work)
    expect(at.said).toEqual([shown, 'The TRN is changed.'])
    expect(at.asked).toEqual(['Do it? [y/N] '])
    expect(await trn()).toBe('7654321')
  })

  test.each(['', 'n', 'yesterday'])('changes nothing for the answer %j', async (answer) => {
    const { db, trn, work, shown } = await person()
    const at = terminal(answer)
    await expect(showAndAsk({ db, act, terminal: at }, false, work)).rejects.toThrow('Nothing was written.')
    expect(at.said).toEqual([shown])
    expect(await trn()).toBe('1234567')
    expect(await db.selectFrom('versions').selectAll().execute()).toEqual([])
  })

  test('asks nobody with --yes, and still shows old and new', async () => {
    const { db, trn, work, shown } = await person()
    const at = terminal('n')
    await showAndAsk({ db, act, terminal: at }, true, work)
    expect([at.said, at.asked]).toEqual([[shown, 'The TRN is changed.'], []])
    expect(await trn()).toBe('7654321')
  })

  test('shows what it would change and fails where there is no terminal and no --yes', async () => {
    const { db, trn, work, shown } = await person()
    const at = terminal()
    await expect(showAndAsk({ db, act, terminal: at }, false, work)).rejects.toThrow('there is no terminal to ask on. Add --yes')
    expect(at.said).toEqual([shown])
    expect(await trn()).toBe('1234567')
  })

  test('changes nothing where the record changed while the question stood', async () => {
    const { db, trn, work } = await person()
    const meanwhile = terminal(async () => {
      await db.updateTable('users').set({ trn: '2222222' }).execute()
      return 'y'
    })
    await expect(showAndAsk({ db, act, terminal: meanwhile }, false, work)).rejects.toThrow('changed meanwhile')
    expect(await trn()).toBe('2222222')
  })

  test('carries the time at which it was written, not at which it was asked', async () => {
    const { db, work } = await person()
    const times = ['2026-11-02T09:00:00Z', '2026-11-02T09:05:00Z'].map((time) => Temporal.Instant.from(time))
    const later = (): Act => ({ ...act(), now: times.shift() ?? act().now })
    await showAndAsk({ db, act: later, terminal: terminal('y') }, false, work)
    const { updated_at } = await db.selectFrom('users').select('updated_at').executeTakeFirstOrThrow()
    expect(String(updated_at)).toBe('2026-11-02T09:05:00Z')
  })
})

describe('a command that changes money or many records', () => {
  test('shows what it would do, and leaves nothing behind', async () => {
    const { db, trn, work, shown } = await person()
    const at = terminal('y')
    await rehearseOrWrite({ db, act, terminal: at }, false, work)
    expect([at.said, at.asked]).toEqual([[shown, 'This was a rehearsal: nothing was written. Add --write to write it.'], []])
    expect(await trn()).toBe('1234567')
    expect(await db.selectFrom('versions').selectAll().execute()).toEqual([])
  })

  test('writes with --write, and shows the same', async () => {
    const { db, trn, work, shown } = await person()
    const at = terminal()
    await rehearseOrWrite({ db, act, terminal: at }, true, work)
    expect(at.said).toEqual([shown, 'The TRN is changed.'])
    expect(await trn()).toBe('7654321')
    expect(await db.selectFrom('versions').select('whodunnit').execute()).toEqual([{ whodunnit: act().author }])
  })

  test('shows its own words in place of the records, and warns beside them', async () => {
    const { db, work } = await person()
    const at = terminal()
    await rehearseOrWrite({ db, act, terminal: at }, true, async (trx, acting) => ({
      ...(await work(trx, acting)),
      shows: 'a table',
      warnings: ['late'],
    }))
    expect(at.said).toEqual(['a table', 'Warning: late', 'The TRN is changed.'])
  })

  test.each([true, false])('fails with its reason where nothing could be done (written: %j)', async (write) => {
    const { db } = await person()
    const failing = rehearseOrWrite({ db, act, terminal: terminal() }, write, async () => ({
      shows: '',
      done: '',
      failed: 'No row could be carried out.',
    }))
    await expect(failing).rejects.toThrow('No row could be carried out.')
  })
})
