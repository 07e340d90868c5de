import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import type { StatementItemState, StatementState } from '../../src/db/schema.ts'
import type { DeclarationState } from '../../src/words.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const states = ['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const
const allowed: Record<DeclarationState, readonly DeclarationState[]> = {
  submitted: ['eligible', 'ineligible', 'voided'],
  eligible: ['payable', 'voided'],
  payable: ['eligible', 'paid', 'voided'],
  paid: ['awaiting_clawback'],
  voided: [],
  ineligible: ['voided'],
  awaiting_clawback: ['clawed_back'],
  clawed_back: [],
}

const itemStates = states.filter((state) => state !== 'submitted')
const allowedToItems: Record<StatementItemState, readonly StatementItemState[]> = {
  eligible: ['payable', 'voided', 'ineligible'],
  payable: ['paid', 'voided', 'eligible'],
  paid: ['awaiting_clawback'],
  voided: [],
  ineligible: ['voided'],
  awaiting_clawback: ['clawed_back'],
  clawed_back: [],
}

describe('the database lets', () => {
  test.each(states)('a declaration that is %s become only what the state machine allows', async (from) => {
    for (const to of states.filter((state) => state !== from)) {
      const { id } = await make.declaration(db, { application: await make.acceptedApplication(db), state: from })
      const changed = db.updateTable('declarations').set({ state: to }).where('id', '=', id).execute()
      if (allowed[from].includes(to)) await changed
      else await expect(changed, `${from} to ${to}`).rejects.toThrow(`cannot change from ${from} to ${to}`)
    }
  })

  test.each(itemStates)('an item that is %s become only what the state machine allows', async (from) => {
    const statement = await make.statement(db)
    const application = await make.acceptedApplication(db)
    for (const to of itemStates.filter((state) => state !== from)) {
      const declaration = await make.declaration(db, { application, state: 'voided' })
      const { id } = await make.item(db, { statement, declaration: { ...declaration, state: from } })
      const changed = db.updateTable('statement_items').set({ state: to }).where('id', '=', id).execute()
      if (allowedToItems[from].includes(to)) await changed
      else await expect(changed, `${from} to ${to}`).rejects.toThrow(`cannot change from ${from} to ${to}`)
    }
  })

  test('a statement become payable and then paid, and never go back', async () => {
    const steps: StatementState[] = ['open', 'payable', 'paid']
    for (const [at, from] of steps.entries()) {
      for (const [to, state] of steps.entries()) {
        if (at === to) continue
        const { id } = await make.statement(db, { state: from, month: 1, year: 2030 + at * 3 + to })
        const changed = db.updateTable('statements').set({ state }).where('id', '=', id).execute()
        if (to === at + 1) await changed
        else await expect(changed).rejects.toThrow('cannot change')
      }
    }
  })
})
