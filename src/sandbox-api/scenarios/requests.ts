import { endpointsOf } from '../../api/endpoint.ts'
import { endpoints } from '../../api/index.ts'
import { newestVersion } from '../../api/versions.ts'
import { elsewhere } from '../../sandbox/elsewhere.ts'
import type { Scenario } from './scenario.ts'
import type { World } from './world.ts'

/** A record of yours for every request to be sent to. */
function anything(w: World) {
  const application = w.accepted()
  return { application_id: application.id, participant_id: application.person.id, declaration_id: w.declaration(application) }
}

/** What stands for the id in the path of a request. */
function idIn(path: string): string | undefined {
  if (!path.includes('{id}')) return undefined
  return path.startsWith('/npq-applications') ? 'application_id' : path.startsWith('/participants') ? 'participant_id' : 'declaration_id'
}

const malformed = endpointsOf(endpoints, newestVersion).flatMap((endpoint): Scenario[] => {
  if (endpoint.format !== 'json' || !endpoint.body) return []
  const id = idIn(endpoint.path)
  return [
    {
      name: `${endpoint.operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-body-malformed`,
      shows: 'A body that does not have the documented form.',
      operationId: endpoint.operationId,
      ...(id && { id }),
      body: [],
      status: 400,
      title: 'Bad request',
      code: 'body_malformed',
      make: anything,
    },
  ]
})

const nothing = () => ({})
const unreadable = { status: 400, title: 'Bad request' }

const lists: Scenario[] = [
  {
    name: 'filter-not-a-date',
    shows: 'A filter that is no date.',
    operationId: 'listApplications',
    query: '?filter[updated_since]=yesterday',
    ...unreadable,
    code: 'filter_not_a_date',
    make: nothing,
  },
  {
    name: 'filter-not-ids',
    shows: 'A filter that holds no ids.',
    operationId: 'listApplications',
    query: '?filter[participant_id]=somebody',
    ...unreadable,
    code: 'filter_not_ids',
    make: nothing,
  },
  {
    name: 'filter-malformed',
    shows: 'A filter without a name.',
    operationId: 'listApplications',
    query: '?filter=2026',
    ...unreadable,
    code: 'filter_malformed',
    make: nothing,
  },
  {
    name: 'filter-value-unknown',
    shows: 'A filter by a status that there is not.',
    operationId: 'listParticipants',
    query: '?filter[training_status]=asleep',
    status: 422,
    title: 'Unpermitted parameters',
    code: 'filter_value_unknown',
    make: nothing,
  },
  {
    name: 'page-malformed',
    shows: 'A page that is no number.',
    operationId: 'listDeclarations',
    query: '?page[page]=first',
    ...unreadable,
    code: 'page_malformed',
    make: nothing,
  },
]

const ofFeed: Scenario[] = [
  {
    name: 'changes-cursor-unknown',
    shows: 'A cursor that you were never given.',
    operationId: 'listChanges',
    query: '?after=yesterday',
    ...unreadable,
    code: 'cursor_unknown',
    make: nothing,
  },
  {
    name: 'changes-cursor-expired',
    shows: 'A cursor after which changes are not kept any more.',
    operationId: 'listChanges',
    query: '?after={cursor}',
    status: 410,
    title: 'Cursor has expired',
    code: 'cursor_expired',
    make: ({ expiredCursor }) => ({ cursor: expiredCursor }),
  },
]

const notYours = (operationId: string, id: string, name: string, make: Scenario['make']): Scenario => ({
  name,
  shows: 'Somebody else’s record, which is answered as if there were none.',
  operationId,
  id,
  status: 404,
  make,
})

const others: Scenario[] = [
  notYours('getApplication', 'application_id', 'application-not-yours', (w) => ({ application_id: w.application({ provider: elsewhere.name }).id })),
  notYours('getParticipant', 'participant_id', 'participant-not-yours', (w) => ({
    participant_id: w.accepted({ provider: elsewhere.name }).person.id,
  })),
  notYours('getDeclaration', 'declaration_id', 'declaration-not-yours', (w) => ({
    declaration_id: w.declaration(w.accepted({ provider: elsewhere.name }), { state: 'submitted' }),
  })),
  notYours('acceptApplication', 'application_id', 'accept-not-yours', (w) => ({ application_id: w.application({ provider: elsewhere.name }).id })),
  notYours('voidDeclaration', 'declaration_id', 'void-not-yours', (w) => ({
    declaration_id: w.declaration(w.accepted({ provider: elsewhere.name }), { state: 'submitted' }),
  })),
]

export const requestScenarios: readonly Scenario[] = [...malformed, ...lists, ...ofFeed, ...others]
