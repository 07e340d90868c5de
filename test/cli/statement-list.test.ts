import { beforeEach, describe, expect, test } from 'vitest'
import { type Listing, statementList } from '../../src/cli/statement-list.ts'
import type { Database } from '../../src/db/connect.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})
const list = (choice: Partial<Listing> = {}) => statementList(db, { paymentRun: 'yes', ...choice })
const listed = async (choice: Partial<Listing>) =>
  (await list(choice))
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/)[2])

describe('the list of statements', () => {
  beforeEach(async () => {
    await make.statement(db)
    await make.statement(db, { month: 10, output_fee: false, deadline_date: null, payment_date: Temporal.PlainDate.from('2026-11-25') })
    await make.statement(db, { cohort: '2024a', month: 12, state: 'paid', payment_date: Temporal.PlainDate.from('2027-01-25') })
  })

  test.each<[string, Partial<Listing>, string[]]>([
    ['payment runs', {}, ['November 2026', 'December 2026']],
    ['the others', { paymentRun: 'no' }, ['October 2026']],
    ['all', { paymentRun: 'all' }, ['October 2026', 'November 2026', 'December 2026']],
    ['those of a month', { month: '2026-12' }, ['December 2026']],
    ['those of a provider, cohort and state', { provider: 'Ambition Institute', cohort: '2024a', state: 'paid' }, ['December 2026']],
  ])('shows %s', async (_, choice, names) => {
    expect(await listed(choice)).toEqual(names)
  })

  test.each<[string, Partial<Listing>, string]>([
    ['the month', { month: '2026-01' }, 'No statement matches all of this. There would be 2 without --month.'],
    [
      'one part or another',
      { cohort: '2023a', month: '2026-10' },
      'No statement matches all of this. There would be 1 without --month, 1 without the choice of payment runs (--payment-run all).',
    ],
    ['more than one part', { month: '2026-01', state: 'payable' }, 'No statement matches this, nor would one if any one part of it were left out.'],
    ['a cohort that there is not', { cohort: '1999' }, 'There is no cohort 1999. There are: 2021a, '],
    ['a provider that there is not', { provider: 'Nobody' }, 'There is no lead provider Nobody.'],
    ['a month that is none', { month: '2026-13' }, '2026-13 is no month.'],
  ])('fails where nothing matches, and says that it is for %s', async (_, choice, text) => {
    await expect(list(choice)).rejects.toThrow(text)
  })
})

test('the list of statements, where there are none yet, says how they are made', async () => {
  await expect(list()).rejects.toThrow('There are no statements yet: npq statements create makes them.')
})
