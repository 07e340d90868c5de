import { exampleIds, exampleNoun } from '../examples.ts'
import type { documentOf } from '../openapi.ts'

export type ApiDocument = ReturnType<typeof documentOf>

export type Parameter = Readonly<{ name: string; value: string; description: string }>

/** A request as API clients keep it, with `{{variables}}` in the place of ids. */
export type CollectedRequest = Readonly<{
  name: string
  description: string
  method: string
  /** with `:id` in the place of each parameter */
  path: string
  pathParameters: readonly Parameter[]
  query: readonly Parameter[]
  headers: readonly Parameter[]
  /** its JSON; undefined where none is needed */
  body: string | undefined
}>

type Schema = { $ref?: string; properties?: Record<string, Schema>; description?: string }
type Documented = Readonly<{
  summary: string
  description?: string
  tags: readonly [string]
  parameters?: readonly { name: string; in: string; style?: string; description: string; example?: unknown; schema: Schema }[]
  requestBody?: { content: Record<string, { example: unknown }> }
}>

/** Every request of a document, in folders by tag. */
export function foldersOf(document: ApiDocument): { name: string; description: string; requests: CollectedRequest[] }[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation: operation as Documented })),
  )
  return document.tags.map(({ name, description }) => ({
    name,
    description,
    requests: operations.filter(({ operation }) => operation.tags[0] === name).map((each) => collected(document, each)),
  }))
}

function collected(document: ApiDocument, { path, method, operation }: { path: string; method: string; operation: Documented }): CollectedRequest {
  const { summary, description, parameters = [], requestBody } = operation
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place)
  const example = requestBody?.content['application/json']?.example
  return {
    name: summary,
    description: description ?? '',
    method,
    path: path.replace(/\{(\w+)\}/g, ':$1'),
    pathParameters: of('path').map((parameter) => ({
      name: parameter.name,
      value: parameter.name === 'id' ? `{{${idName(path.slice(0, path.indexOf('{id}')))}}}` : String(parameter.example),
      description: parameter.description,
    })),
    query: of('query').flatMap((parameter) => {
      const given = parameter.example as Record<string, unknown>
      if (parameter.style !== 'deepObject') return [{ name: parameter.name, value: String(given), description: parameter.description }]
      return Object.entries(membersOf(document, parameter.schema)).map(([key, member]) => ({
        name: `${parameter.name}[${key}]`,
        value: String(given[key] ?? ''),
        description: member.description ?? '',
      }))
    }),
    headers: of('header').map(({ name, example: value, description: words }) => ({ name, value: String(value ?? ''), description: words })),
    body: example === undefined ? undefined : JSON.stringify(withVariables(example), null, 2),
  }
}

function membersOf(document: ApiDocument, { $ref }: Schema): Record<string, Schema> {
  const schemas = document.components.schemas as Record<string, Schema>
  return schemas[$ref?.split('/').at(-1) ?? '']?.properties ?? {}
}

/** The variable that holds the id of what a path, or a type, names. */
function idName(kind: string): string {
  return `${exampleNoun(kind)}_id`
}

/** The variables of a document's requests, with what each holds until an answer has told one. */
export function variablesOf(document: ApiDocument): { name: string; value: string }[] {
  const text = JSON.stringify(foldersOf(document))
  const values = { ...Object.fromEntries(Object.entries(exampleIds).map(([noun, id]) => [`${noun}_id`, id])), course_identifier: 'npq-headship' }
  return Object.entries(values).flatMap(([name, value]) => (text.includes(`{{${name}}}`) ? [{ name, value }] : []))
}

/** The attributes of a body that are the same in the answers before it. */
const flowing: Readonly<Record<string, string>> = {
  participant_id: 'participant_id',
  course_identifier: 'course_identifier',
  delivery_partner_id: 'partner_id',
}

function withVariables(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, flowing[name] === undefined ? withVariables(inner) : `{{${flowing[name]}}}`]),
  )
}

/**
 * The script that runs after each answer and keeps the ids in it for the requests that follow: of a list those of one record, one
 * that can still be decided on where there is one. `keep(name, value)` and `answer` are made by the `prelude` of each client.
 */
export function keepingIds(prelude: string): string {
  return `${prelude}
const records = answer && answer.data ? [].concat(answer.data) : []
const record = records.find(({ attributes }) => attributes.status === 'pending') || records[0]
if (record) {
  const noun = ${JSON.stringify(Object.keys(exampleIds))}.find((name) => record.type.includes(name))
  if (noun) keep(noun + '_id', record.id)
  const [enrolment = {}] = record.attributes.npq_enrolments || []
  const course = record.attributes.course_identifier || enrolment.course_identifier || (record.attributes.npq_courses || [])[0]
  if (course) keep('course_identifier', course)
  if (record.attributes.participant_id) keep('participant_id', record.attributes.participant_id)
  if (record.attributes.statement_id) keep('statement_id', record.attributes.statement_id)
  if (record.attributes.delivery_partner_id) keep('partner_id', record.attributes.delivery_partner_id)
}`
}

export const tokenDescription = 'Your token, without the word Bearer: npq_…'

/** What a reader of a collection must know. */
export function wordsOf(document: ApiDocument): string {
  return `${document.info.description}

Put your token into the variable \`token\` of the environment; every request sends it. A token belongs to one provider and one environment: keep it secret, and use a token of the sandbox for tests.

Filters, pages and order are there, switched off. Send the list of a folder first: the id of one of its records is kept and used by the requests after it.`
}
