import { listParticipants, type ParticipantFilter } from '../../domain/participants/records.ts'
import { isUuid } from '../../uuid.ts'
import { trainingStatuses } from '../../words.ts'
import type { Call, Endpoint, JsonEndpoint } from '../endpoint.ts'
import { readInstant, textOf, unreadableInstant } from '../filters.ts'
import { readPage } from '../paging.ts'
import { unpermittedFilter } from '../problems.ts'
import { Choice, Uuid } from '../representation.ts'
import { filterSchema, listOf, updatedSinceFilter } from '../schemas.ts'
import { readSort, sortsByTime } from '../sorting.ts'
import { perVersion, versions } from '../versions.ts'
import { participantActions } from './actions.ts'
import { participant } from './representation.ts'
import { problemsOfId, refuseFormerId, shown, single } from './show.ts'

const tag = 'NPQ Participants'

/** Whether the list can be narrowed to a training status or to who had an id before. */
const narrows = perVersion({ v1: false, v2: false, v3: true })

const list: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/participants/npq',
  versions,
  tag,
  operationId: 'listParticipants',
  summary: 'List your participants',
  description: 'Everyone with an application that you accepted, oldest first.',
  filters: (version) =>
    filterSchema('ListParticipantsFilter', {
      updated_since: updatedSinceFilter,
      ...(narrows(version) && {
        training_status: { ...Choice(trainingStatuses), description: 'Only participants, and their enrolments, with this status.' },
        from_participant_id: { ...Uuid, description: 'The participant who had this id before.' },
      }),
    }),
  paged: true,
  sorts: sortsByTime,
  answer: listOf('ParticipantsResponse', 'Participant', participant),
  problems: (version) => [unreadableInstant('updated_since'), ...(narrows(version) ? [unknownTrainingStatus()] : [])],
  async handle(call) {
    const filter = readFilter(call)
    const sort = readSort(call.query.sort, sortsByTime(call.version))
    return participant.many(call.version, await listParticipants(call.db, filter, readPage(call.query), sort))
  },
}

const show: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/participants/npq/{id}',
  versions,
  tag,
  operationId: 'getParticipant',
  summary: 'Get one participant',
  description: 'Someone with an application that you accepted, with the training for each course.',
  answer: single,
  problems: problemsOfId,
  async handle(call) {
    await refuseFormerId(call)
    return shown(call)
  },
}

export const participantEndpoints: readonly Endpoint[] = [list, show, ...participantActions]

function readFilter({ provider, query, version }: Call): ParticipantFilter {
  const updatedSince = readInstant(query.filter('updated_since'), 'updated_since')
  if (!narrows(version)) return { providerId: provider.id, updatedSince }
  const fromId = textOf(query.filter('from_participant_id'))
  return {
    providerId: provider.id,
    updatedSince,
    trainingStatus: readTrainingStatus(textOf(query.filter('training_status'))),
    fromParticipantIds: fromId === undefined ? undefined : [fromId].filter(isUuid),
  }
}

function readTrainingStatus(text: string | undefined) {
  const status = trainingStatuses.find((known) => known === text)
  if (text !== undefined && status === undefined) throw unknownTrainingStatus()
  return status
}

function unknownTrainingStatus() {
  return unpermittedFilter('training_status', trainingStatuses)
}
