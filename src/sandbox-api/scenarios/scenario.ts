import { endpointsOf, type JsonEndpoint } from '../../api/endpoint.ts'
import { endpoints } from '../../api/index.ts'
import { newestVersion } from '../../api/versions.ts'
import type { World } from './world.ts'

/** The values that a request names, such as `application_id`. */
export type Values = Readonly<Record<string, string>>

/** A named situation, the request to try in it, and the answer that is promised. */
export type Scenario = Readonly<{
  name: string
  /** what it shows */
  shows: string
  operationId: string
  /** the value that stands for the `{id}` of the path, where it has one */
  id?: string
  query?: string
  /** of the body; a text in braces is one of the values */
  attributes?: Readonly<Record<string, unknown>>
  /** a body that is not as documented, instead of one with attributes */
  body?: unknown
  status: number
  /** of the refusal */
  title?: string
  code?: string
  /** attributes of a record that are answered, where nothing is refused */
  answers?: Readonly<Record<string, unknown>>
  /** makes the situation, and tells the values of the request */
  make: (world: World) => Values
}>

const operations = new Map(endpointsOf(endpoints, newestVersion).map((endpoint) => [endpoint.operationId, endpoint as JsonEndpoint]))

function operationOf(operationId: string): JsonEndpoint {
  const operation = operations.get(operationId)
  if (!operation) throw new Error(`There is no operation ${operationId}.`)
  return operation
}

/** The request to try, its values filled in where they are known. */
export function requestOf({ operationId, id, query = '', attributes, body }: Scenario, values: Values = {}) {
  const endpoint = operationOf(operationId)
  const path = `/api/${newestVersion}${endpoint.path.replace('{id}', `{${id}}`)}${query}`
  const sent = attributes ? { data: { type: endpoint.body?.(newestVersion).type, attributes } } : (body ?? null)
  return filled({ method: endpoint.method, path, body: sent }, values)
}

/** How the request is answered. */
export function expectedOf({ status, title, code, answers }: Scenario, values: Values = {}) {
  return { status, title: title ?? null, code: code ?? null, attributes: filled(answers ?? null, values) }
}

function filled<T>(value: T, values: Values): T {
  if (typeof value === 'string') return value.replace(/\{(\w+)\}/g, (braced, name: string) => values[name] ?? braced) as T
  if (Array.isArray(value)) return value.map((inner) => filled(inner, values)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, values)])) as T
}

type Case = Readonly<{
  /** of the situation, where another one has the same code */
  name?: string
  shows: string
  /** where several refusals of the operation share the code */
  title?: string
  attributes?: Readonly<Record<string, unknown>>
  make: Scenario['make']
}>

/** The situations in which an operation is refused, by the codes of the refusals. */
export function refusalsOf(
  operationId: string,
  action: string,
  id: string | undefined,
  cases: Readonly<Record<string, Case | readonly Case[]>>,
): Scenario[] {
  return Object.entries(cases).flatMap(([code, given]) =>
    [given].flat().map(
      ({ name = code, title = titleOf(operationId, code), ...rest }): Scenario => ({
        name: `${action}-${name.replaceAll('_', '-')}`,
        operationId,
        ...(id !== undefined && { id }),
        status: 422,
        title,
        code,
        ...rest,
      }),
    ),
  )
}

/** The title under which an operation refuses with a code. */
function titleOf(operationId: string, code: string): string {
  const titles = new Set(
    operationOf(operationId)
      .refusals?.filter((refusal) => refusal.code === code)
      .map(({ title }) => title),
  )
  const [title, another] = titles
  if (title === undefined || another !== undefined) throw new Error(`${operationId} refuses with ${code} under ${titles.size} titles: name one.`)
  return title
}
