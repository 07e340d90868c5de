import { findStatement, listStatements, type StatementFilter } from '../../domain/statements/records.ts'
import { found, notFound } from '../../http/problems.ts'
import type { Call, Endpoint, JsonEndpoint } from '../endpoint.ts'
import { readCohorts, readInstant, unreadableInstant } from '../filters.ts'
import { readPage } from '../paging.ts'
import { cohortFilter, filterSchema, listOf, singleOf, updatedSinceFilter } from '../schemas.ts'
import { versionsWith } from '../versions.ts'
import { statement } from './representation.ts'

const list: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/statements',
  versions: versionsWith({ v1: false, v2: false, v3: true }),
  tag: 'Statements',
  operationId: 'listStatements',
  summary: 'List your statements',
  description: 'Your payment runs, past and to come, by the day on which they are paid.',
  filters: () => filterSchema('ListStatementsFilter', { cohort: cohortFilter, updated_since: updatedSinceFilter }),
  paged: true,
  answer: listOf('StatementsResponse', 'Statement', statement),
  problems: () => [unreadableInstant('updated_since')],
  async handle(call) {
    const filter = readFilter(call)
    return statement.many(call.version, await listStatements(call.db, filter, readPage(call.query)))
  },
}

const show: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/statements/{id}',
  versions: versionsWith({ v1: false, v2: false, v3: true }),
  tag: 'Statements',
  operationId: 'getStatement',
  summary: 'Get one statement',
  description: 'Declarations name the statement on which they are paid in `statement_id`.',
  answer: singleOf('StatementResponse', 'Statement', statement),
  problems: () => [notFound()],
  async handle(call) {
    return statement.one(call.version, found(await findStatement(call.db, readFilter(call), call.id)))
  },
}

export const statementEndpoints: readonly Endpoint[] = [list, show]

function readFilter({ provider, query }: Call): StatementFilter {
  return {
    providerId: provider.id,
    cohorts: readCohorts(query.filter('cohort')),
    updatedSince: readInstant(query.filter('updated_since'), 'updated_since'),
  }
}
