import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { readCells } from '../files/table.ts'
import { type Act, create } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { contractsOf, coursesWithTerms, templateOf } from './contracts.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { lockStatement, noSuchStatement } from './lock.ts'
import type { Statement } from './statement.ts'
import { type ContractRow, termReaders } from './statement-rows.ts'

type Terms = Omit<ContractRow, 'lead_provider_name' | 'course_identifier'>

/** The course by its identifier, and the terms as they were typed. */
export type AddContract = Act & { statementId: number; course: string; terms: Readonly<Record<keyof Terms, string>> }

type AddContractFacts = { statement: Pick<Statement, 'state'>; courseKnown: boolean; taken: boolean }

/** Adds the contract for a course that an open statement lacks (05 section 16.4). */
export function addContract(db: Database, command: AddContract): Promise<Verdict> {
  return transact(db, async (trx) => {
    const statement = await lockStatement(trx, command.statementId)
    if (!statement) return noSuchStatement
    const course = (await coursesWithTerms(trx)).get(command.course)
    const taken = (await contractsOf(trx, [statement])).some(({ contract }) => contract.course_id === course?.id)
    const { row, problems } = readCells<Terms>(termReaders, (column) => command.terms[column])
    const refusals = [
      ...judge(addContractRules, { statement, courseKnown: course !== undefined, taken }),
      ...problems.map(({ column, problem }) => ({ code: 'value_unusable', title: column, detail: `${column} ${problem}.` })),
    ]
    if (refusals.length > 0 || !course) return { refusals }

    const contract_template_id = await templateOf(trx, command, course, row)
    const { id } = await create(trx, command, 'contracts', { statement_id: statement.id, course_id: course.id, contract_template_id })
    await logFinancialChange(trx, command, 'Add missing contract', { created_contract_id: id, statement_id: statement.id })
    return done
  })
}

const addContractRules: Rules<AddContractFacts> = [
  refuse('course_unknown', ({ courseKnown }) => !courseKnown, 'course', 'The course is not recognised.'),
  refuse('contract_exists', ({ taken }) => taken, 'course_id', 'The statement has a contract for the course already: there is one for each.'),
  refuse(
    'statement_not_open',
    ({ statement }) => statement.state !== 'open',
    'contract_template',
    ({ statement }) => `The template cannot be set: the statement is ${statement.state}.`,
  ),
]
