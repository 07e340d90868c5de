import { expect, test } from 'vitest'
import type { Transacting } from '../../../src/db/connect.ts'
import type { Cohort } from '../../../src/domain/cohorts/records.ts'
import { findPartnership } from '../../../src/domain/delivery-partners/records.ts'
import type { Act } from '../../../src/domain/history.ts'
import { changeStatement } from '../../../src/domain/statements/change-statement.ts'
import { type Contract, contractsOf, reprice } from '../../../src/domain/statements/contracts.ts'
import { addItem, changeStates, moveItems } from '../../../src/domain/statements/items.ts'
import { type LockedItem, type LockedStatement, lockStatementsHolding, lockStatementsOf } from '../../../src/domain/statements/lock.ts'
import { linkToMilestones, lockSchedule, moveLinks } from '../../../src/domain/statements/milestone-records.ts'
import type { Statement } from '../../../src/domain/statements/statement.ts'

type Unlocked = {
  trx: Transacting
  act: Act
  cohort: Cohort
  statement: Statement
  contract: Contract
  item: Pick<LockedItem, keyof LockedItem & string>
}

/** Never called: each call lacks a lock that stands before it in the order, and must not compile. */
const withoutLocks = {
  itemsBeforeTheirDeclarations: ({ trx, act, item }: Unlocked) => [
    // @ts-expect-error the items are not those of a statement whose declarations are held
    changeStates(trx, act, [item], 'eligible', 'payable'),
  ],
  statementsBeforeTheirDeclarations: ({ trx, statement }: Unlocked) => [
    // @ts-expect-error the declarations on the statement are not held
    lockStatementsHolding(trx, { statementIds: [statement.id], ids: new Set() }),
  ],
  newItemsOntoAStatement: ({ trx, act, statement }: Unlocked) => [
    // @ts-expect-error nothing keeps the statement open
    addItem(trx, act, statement, { id: 1 }, 'eligible'),
  ],
  itemsOntoAnotherStatement: ({ trx, act, statement }: Unlocked, items: LockedItem[]) => [
    // @ts-expect-error the statement that takes them may close meanwhile
    moveItems(trx, act, items, statement),
  ],
  statementsBeforeTheirCohort: ({ trx, cohort }: Unlocked) => [
    // @ts-expect-error the cohort is not held
    lockStatementsOf(trx, cohort),
  ],
  newStatementsOfACohort: ({ trx, act, cohort, statement }: Unlocked) => [
    // @ts-expect-error the cohort is not held
    linkToMilestones(trx, act, cohort, [statement.id]),
  ],
  schedulesBeforeTheirCohort: ({ trx, cohort }: Unlocked) => [
    // @ts-expect-error the cohort is not held
    lockSchedule(trx, cohort, 1),
  ],
  partnershipsBeforeTheirCohort: ({ trx, cohort }: Unlocked) => [
    // @ts-expect-error the cohort is not held
    findPartnership(trx, cohort, { partnerId: 1, providerId: 1 }),
  ],
  valuesOfAStatement: ({ trx, act, statement }: Unlocked) => [
    // @ts-expect-error the statement is not held
    changeStatement(trx, act, 'Correct statements', statement, { output_fee: false }),
  ],
  linksOfAStatement: ({ trx, act, statement }: Unlocked, to: LockedStatement) => [
    // @ts-expect-error the statement that they are taken from is not held
    moveLinks(trx, act, statement, to),
  ],
  pricesOfAStatement: ({ trx, act, statement, contract }: Unlocked) => [
    // @ts-expect-error the statement is not held
    contractsOf(trx, [statement]),
    // @ts-expect-error nor is that of the contract
    reprice(trx, act, contract, '800'),
  ],
}

test('what is locked later asks for what is locked before', () => {
  expect(Object.keys(withoutLocks)).not.toEqual([])
})
