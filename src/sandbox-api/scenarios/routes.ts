import { Type } from 'typebox'
import type { Endpoint, JsonEndpoint } from '../../api/endpoint.ts'
import { is, Nullable, representPart, Text } from '../../api/representation.ts'
import { reference } from '../../api/schemas.ts'
import { type Version, versions } from '../../api/versions.ts'
import { found, notFound, refused } from '../../http/problems.ts'
import { makeScenario, scenarios } from './make.ts'
import { expectedOf, requestOf, type Scenario, type Values } from './scenario.ts'

type ScenarioView = Readonly<{ scenario: Scenario; values: Values }>

const example: ScenarioView = {
  scenario: scenarios.get('accept-funded-place-missing') as Scenario,
  values: { application_id: 'db3a7848-7308-4879-942a-c4a70ced400a', participant_id: '7a8fef46-3c43-42c0-b3d5-1ba5904ba562' },
}

const Anything = Type.Unsafe<unknown>({ type: ['object', 'array', 'null'] })
const Request = Type.Object({ method: Text, path: Text, body: { ...Anything, description: 'What to send; null for no body.' } })
const Expected = Type.Object({
  status: Type.Unsafe<number>({ type: 'integer' }),
  title: { ...Nullable(Text), description: 'Of an error in the answer.' },
  code: { ...Nullable(Text), description: 'Of the same error.' },
  attributes: { ...Type.Unsafe<object | null>({ type: ['object', 'null'] }), description: 'What is among the attributes of the answer.' },
})

const part = representPart<ScenarioView>({
  shows: is(Text, ({ scenario }) => scenario.shows, 'What the situation shows.', example.scenario.shows),
  request: is(
    Request,
    ({ scenario, values }) => requestOf(scenario, values),
    'The request to try next.',
    requestOf(example.scenario, example.values),
  ),
  expected: is(
    Type.Unsafe<ReturnType<typeof expectedOf>>(Expected),
    ({ scenario, values }) => expectedOf(scenario, values),
    'How it is answered.',
    expectedOf(example.scenario),
  ),
  ids: is(
    Type.Unsafe<Values>({ type: 'object', additionalProperties: { type: 'string' } }),
    ({ values }) => values,
    'What has been made, and all else that the request names; nothing before it is made.',
    example.values,
  ),
})

const type = 'sandbox-scenario'
const resource = (version: Version) => ({
  name: 'Scenario',
  schema: Type.Object({
    id: { ...Text, description: 'Its name.', examples: [example.scenario.name] },
    type: Type.Unsafe({ type: 'string', enum: [type] }),
    attributes: part.schema(version),
  }),
})
const wire = (version: Version, view: ScenarioView) => ({ id: view.scenario.name, type, attributes: part.project(version, view) })

const tag = 'Sandbox scenarios'

const list: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/scenarios',
  versions,
  tag,
  operationId: 'listScenarios',
  summary: 'List the scenarios',
  description:
    'Every named situation, with what it shows, the request to try in it and the answer to expect. What stands in braces is known once it is made.',
  answer: (version) => ({ name: 'ScenariosResponse', schema: Type.Object({ data: Type.Array(reference('Scenario')) }), uses: [resource(version)] }),
  problems: () => [],
  handle: async ({ version }) => ({ data: [...scenarios.values()].map((scenario) => wire(version, { scenario, values: {} })) }),
}

const notPossible = {
  code: 'scenario_not_possible',
  title: 'base',
  detail: 'You have no statement that is payable on your day now. Reset your sandbox to have all situations again.',
}

const make: JsonEndpoint = {
  format: 'json',
  method: 'POST',
  path: '/scenarios/{name}',
  versions,
  tag,
  operationId: 'makeScenario',
  summary: 'Make a scenario',
  description:
    'Makes the situation in your own data, as often as you like, and answers with the ids and with the request that is ready to be sent. No body is needed.',
  named: { description: 'The name of the scenario.', example: example.scenario.name },
  answer: (version) => ({ name: 'ScenarioResponse', schema: Type.Object({ data: reference('Scenario') }), uses: [resource(version)] }),
  refusals: [notPossible],
  problems: () => [notFound(), refused([notPossible])],
  async handle({ db, provider, act, version, name, feed }) {
    const scenario = found(scenarios.get(name))
    // of another server, as after a restore
    const expiredCursor = feed.cursors.write(provider.id, { position: { system: '0', transaction: '0', id: 0 }, at: act.now })
    const { refusals, value: values } = await makeScenario(db, scenario, { ...act, provider, expiredCursor })
    if (values === undefined) throw refused(refusals)
    return { data: wire(version, { scenario, values }) }
  },
}

export const scenarioEndpoints: readonly Endpoint[] = [list, make]
