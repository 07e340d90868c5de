import { Type } from 'typebox'
import { accept, acceptRules } from '../../domain/applications/accept.ts'
import { changeFundedPlace, changeFundedPlaceRules } from '../../domain/applications/change-funded-place.ts'
import { applicationInvariants } from '../../domain/applications/invariants.ts'
import { type ApplicationFilter, eachApplication, findApplication, listApplications } from '../../domain/applications/records.ts'
import { reject, rejectRules } from '../../domain/applications/reject.ts'
import { done, possibleRefusals, type Verdict } from '../../domain/rules.ts'
import { found, notFound, wrongStructure } from '../../http/problems.ts'
import { scheduleIdentifiers } from '../../words.ts'
import { type Attributes, readAttributes, textAttribute } from '../body.ts'
import { changed, sentTo } from '../changes.ts'
import { csvStream } from '../csv.ts'
import type { Call, CsvEndpoint, Endpoint, JsonEndpoint } from '../endpoint.ts'
import { exampleMoments } from '../examples.ts'
import { readCohorts, readInstant, readUuids, unreadableInstant } from '../filters.ts'
import { readPage } from '../paging.ts'
import { broken } from '../problems.ts'
import { Choice, Flag, Nullable } from '../representation.ts'
import { cohortFilter, csvOf, filterSchema, listOf, participantIdFilter, singleOf, updatedSinceFilter } from '../schemas.ts'
import { readSort, sortsByTime } from '../sorting.ts'
import { perVersion, type Version, versions, versionsWith } from '../versions.ts'
import { applicationColumns } from './csv.ts'
import { application } from './representation.ts'

const tag = 'NPQ Applications'
const attributesOfAccept = Type.Object({
  funded_place: Type.Optional({ ...Flag, description: 'Whether the place is funded. Needed where places are limited.' }),
  schedule_identifier: Type.Optional({
    ...Nullable(Choice(scheduleIdentifiers)),
    description: 'A schedule of the application’s cohort. Without one, the schedule follows from the course and today’s date.',
  }),
})
type Attribute = keyof (typeof attributesOfAccept)['properties']
const acceptTakes = perVersion<readonly Attribute[]>({ v1: ['funded_place'], v2: ['funded_place'], v3: ['funded_place', 'schedule_identifier'] })

const single = singleOf('ApplicationResponse', 'Application', application)

const list: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/npq-applications',
  versions,
  tag,
  operationId: 'listApplications',
  summary: 'List your applications',
  description: 'Every application that participants made to you, in any state, oldest first.',
  filters: filtersOf,
  paged: true,
  sorts: sortsByTime,
  answer: listOf('ApplicationsResponse', 'Application', application),
  problems: () => [unreadableInstant('updated_since')],
  async handle(call) {
    const filter = readFilter(call)
    const sort = readSort(call.query.sort, sortsByTime(call.version))
    return application.many(call.version, await listApplications(call.db, filter, readPage(call.query), sort))
  },
}

const csv: CsvEndpoint = {
  format: 'csv',
  method: 'GET',
  path: '/npq-applications.csv',
  versions: versionsWith({ v1: true, v2: true, v3: false }),
  tag,
  operationId: 'listApplicationsAsCsv',
  summary: 'Download your applications as CSV',
  description: 'Every matching application in one file. There are no pages.',
  filters: filtersOf,
  answer: csvOf('ApplicationsCsvResponse', 'ApplicationCsv', applicationColumns, application.example),
  problems: () => [unreadableInstant('updated_since')],
  async handle(call) {
    return csvStream(applicationColumns, eachApplication(call.db, readFilter(call)), true)
  },
}

const show: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/npq-applications/{id}',
  versions,
  tag,
  operationId: 'getApplication',
  summary: 'Get one application',
  description: 'The application as it stands now. Once you have accepted it, its `participant_id` leads to the participant.',
  answer: single,
  problems: () => [notFound()],
  handle: (call) => shown(call),
}

const acceptEndpoint: JsonEndpoint = {
  format: 'json',
  method: 'POST',
  path: '/npq-applications/{id}/accept',
  versions,
  tag,
  operationId: 'acceptApplication',
  summary: 'Accept an application',
  description:
    'Accept someone whom you will train. In a cohort with limited places, say in `funded_place` whether the place is funded. Their other applications for the same course in the cohort are rejected.',
  body: (version) => ({
    name: 'ApplicationAcceptRequest',
    type: 'npq-application-accept',
    attributes: Type.Pick(attributesOfAccept, [...acceptTakes(version)]),
    required: false,
    example: { funded_place: true },
  }),
  answer: single,
  refusals: possibleRefusals(acceptRules, applicationInvariants),
  problems: () => [wrongStructure(), notFound(), broken(acceptRules, 'application')],
  async handle(call) {
    return decided(call, acceptTakes(call.version), (attributes) =>
      accept(call.db, {
        ...call.act,
        providerId: call.provider.id,
        applicationId: call.id,
        fundedPlace: attributes.funded_place,
        scheduleIdentifier: textAttribute(attributes.schedule_identifier),
      }),
    )
  },
}

const rejectEndpoint: JsonEndpoint = {
  format: 'json',
  method: 'POST',
  path: '/npq-applications/{id}/reject',
  versions,
  tag,
  operationId: 'rejectApplication',
  summary: 'Reject an application',
  description:
    'Reject someone whom you will not train. You can also reject an application that you accepted, unless a declaration for it is submitted, eligible, payable or paid.',
  answer: single,
  refusals: possibleRefusals(rejectRules),
  problems: () => [notFound(), broken(rejectRules, 'application')],
  makes: { status: 'rejected', reason_for_rejection: 'rejected_by_provider', funded_place: null, schedule_identifier: null },
  async handle(call) {
    const verdict = await reject(call.db, {
      ...call.act,
      providerId: call.provider.id,
      applicationId: call.id,
      reason: 'rejected_by_provider',
    })
    return shown(call, verdict)
  },
}

const changeFundedPlaceEndpoint: JsonEndpoint = {
  format: 'json',
  method: 'PUT',
  path: '/npq-applications/{id}/change-funded-place',
  versions,
  tag,
  operationId: 'changeFundedPlace',
  summary: 'Change the funded place of an accepted application',
  description: 'Only for cohorts with limited places, and only while no declaration stands.',
  body: () => ({
    name: 'ApplicationChangeFundedPlaceRequest',
    type: 'npq-application-change-funded-place',
    attributes: Type.Object({ funded_place: { ...Flag, description: 'Whether the place is funded.' } }),
    required: true,
    example: { funded_place: false },
  }),
  answer: single,
  refusals: possibleRefusals(changeFundedPlaceRules),
  problems: () => [wrongStructure(), notFound(), broken(changeFundedPlaceRules, 'application')],
  makes: { funded_place: false, updated_at: exampleMoments.changed },
  async handle(call) {
    return decided(call, ['funded_place'], ({ funded_place }) =>
      changeFundedPlace(call.db, { ...call.act, providerId: call.provider.id, applicationId: call.id, fundedPlace: funded_place }),
    )
  },
}

export const applicationEndpoints: readonly Endpoint[] = [list, csv, show, acceptEndpoint, rejectEndpoint, changeFundedPlaceEndpoint]

const narrowsToParticipants = perVersion({ v1: false, v2: false, v3: true })

function filtersOf(version: Version) {
  return filterSchema('ListApplicationsFilter', {
    cohort: cohortFilter,
    updated_since: updatedSinceFilter,
    ...(narrowsToParticipants(version) && { participant_id: participantIdFilter }),
  })
}

function readFilter({ provider, query, version }: Call): ApplicationFilter {
  return {
    providerId: provider.id,
    cohorts: readCohorts(query.filter('cohort')),
    updatedSince: readInstant(query.filter('updated_since'), 'updated_since'),
    participantIds: narrowsToParticipants(version) ? readUuids(query.filter('participant_id'), 'participant_id') : undefined,
  }
}

/** First the application (404), then the body (400), then the rules (422). */
async function decided(call: Call, names: readonly Attribute[], decide: (attributes: Attributes<Attribute>) => Promise<Verdict>) {
  const attributes = await sentTo(
    () => find(call),
    () => readAttributes(call.body, names, 'optional'),
  )
  return shown(call, await decide(attributes))
}

/** The application as it is now; with the verdict on a change, where nothing was refused. */
async function shown(call: Call, verdict = done) {
  return application.one(call.version, await changed(verdict, () => find(call)))
}

async function find({ db, provider, id }: Call) {
  return found(await findApplication(db, provider.id, id))
}
