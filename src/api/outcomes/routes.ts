import { Type } from 'typebox'
import { listOutcomes, readOutcome } from '../../domain/outcomes/records.ts'
import { reportOutcome } from '../../domain/outcomes/report-outcome.ts'
import { reportOutcomeRules } from '../../domain/outcomes/report-outcome-rules.ts'
import { possibleRefusals } from '../../domain/rules.ts'
import { notFound, refused, wrongStructure } from '../../http/problems.ts'
import { outcomeCourseIdentifiers } from '../../words.ts'
import { type Attributes, readAttributes, textAttribute } from '../body.ts'
import type { Endpoint, JsonEndpoint } from '../endpoint.ts'
import { exampleMoments } from '../examples.ts'
import { readInstant, unreadableInstant } from '../filters.ts'
import { readPage, unreadablePage } from '../paging.ts'
import { problemsOfId, refuseFormerId, requireParticipant } from '../participants/show.ts'
import { broken } from '../problems.ts'
import { Choice, Text } from '../representation.ts'
import { createdSinceFilter, filterSchema, listOf, singleOf } from '../schemas.ts'
import { perVersion, versions } from '../versions.ts'
import { outcome } from './representation.ts'

const tag = 'NPQ Participant Outcomes'
const reporting = perVersion({
  v1: { onTransferred: false, passStands: false },
  v2: { onTransferred: false, passStands: false },
  v3: { onTransferred: true, passStands: true },
})
const several = listOf('OutcomesResponse', 'Outcome', outcome)

const listAll: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/participants/npq/outcomes',
  versions,
  tag,
  operationId: 'listOutcomes',
  summary: 'List the outcomes of all participants',
  description: 'Every outcome of the declarations that you made, with those that were replaced since, oldest first.',
  filters: () => filterSchema('ListOutcomesFilter', { created_since: createdSinceFilter }),
  paged: true,
  answer: several,
  problems: () => [unreadableInstant('created_since')],
  async handle({ db, version, provider, query }) {
    const createdSince = readInstant(query.filter('created_since'), 'created_since')
    return outcome.many(version, await listOutcomes(db, { providerId: provider.id, createdSince }, readPage(query)))
  },
}

const listOne: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/participants/npq/{id}/outcomes',
  versions,
  tag,
  operationId: 'listOutcomesOfParticipant',
  summary: 'List the outcomes of one participant',
  description: 'Every outcome of the declarations that you made for the participant, oldest first.',
  paged: true,
  answer: several,
  problems: (version) => [unreadablePage(), ...problemsOfId(version)],
  async handle(call) {
    const { db, version, provider, query, id } = call
    await refuseFormerId(call)
    await requireParticipant(call)
    return outcome.many(version, await listOutcomes(db, { providerId: provider.id, participantId: id }, readPage(query)))
  },
}

const report: JsonEndpoint = {
  format: 'json',
  method: 'POST',
  path: '/participants/npq/{id}/outcomes',
  versions,
  tag,
  operationId: 'reportOutcome',
  summary: 'Report an outcome',
  description: 'Says whether a participant passed a course whose completion was declared. The same report again changes nothing.',
  body: () => ({
    name: 'OutcomeRequest',
    type: 'npq-outcome-confirmation',
    attributes: Type.Object({
      course_identifier: { ...Choice(outcomeCourseIdentifiers), description: 'The course that the participant completed.' },
      state: { ...Choice(['passed', 'failed']), description: 'Whether the participant passed.' },
      completion_date: { ...Text, description: 'The date of the assessment’s outcome, not in the future.', examples: ['2026-10-16'] },
    }),
    required: true,
    example: { course_identifier: 'npq-leading-literacy', state: 'passed', completion_date: '2026-10-16' },
  }),
  answer: singleOf('OutcomeResponse', 'Outcome', outcome),
  refusals: possibleRefusals(reportOutcomeRules),
  problems: () => [wrongStructure(), notFound(), broken(reportOutcomeRules, 'base')],
  makes: { completion_date: '2026-10-16T00:00:00+00:00', created_at: exampleMoments.changed, updated_at: exampleMoments.changed },
  async handle(call) {
    const { db, version, provider, id } = call
    const attributes = readAttributes(call.body, ['course_identifier', 'state', 'completion_date'], 'required')
    const { refusals, outcomeId } = await reportOutcome(db, {
      ...call.act,
      providerId: provider.id,
      participantId: id,
      courseIdentifier: textOf(attributes.course_identifier),
      state: textOf(attributes.state),
      completionDate: textOf(attributes.completion_date),
      ...reporting(version),
    })
    if (outcomeId !== undefined) return outcome.one(version, await readOutcome(db, outcomeId))
    await requireParticipant(call)
    throw refused(refusals)
  },
}

/** In an outcome, `false` is blank. */
function textOf(value: Attributes<string>[string]): string | undefined {
  return value === false ? undefined : textAttribute(value)
}

export const outcomeEndpoints: readonly Endpoint[] = [listAll, listOne, report]
