import { type TSchema, Type } from 'typebox'
import { stringify } from 'yaml'
import type { PossibleRefusal } from '../domain/rules.ts'
import { type Endpoint, type JsonEndpoint, type Named, published, type RequestBody, type Surface, takesKey } from './endpoint.ts'
import { errorResponse, problemsOf } from './error-responses.ts'
import { exampleId, exampleOf, withChanges } from './examples.ts'
import { defaultPerPage, maximumPerPage } from './paging.ts'
import { reference } from './schemas.ts'
import type { Version } from './versions.ts'
import { longestKey } from './writes/idempotency-key.ts'

/** The OpenAPI 3.1 document of one version, made from the tables that serve it. */
export function openApiDocument(endpoints: readonly Endpoint[], version: Version, serverUrl: string) {
  return documentOf(published(endpoints, version), serverUrl)
}

/** The OpenAPI 3.1 document of a surface. */
export function documentOf({ name, title, description, endpoints: own, version }: Surface, serverUrl: string) {
  const components = new Map<string, TSchema>()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of own) {
    const path = `/api/${name}${endpoint.path}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, version, own, components) }
  }
  const tags = [...new Set(own.map(({ tag }) => tag))]
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: name,
      description,
      contact: { name: 'Help for providers', url: `${serverUrl}/api/guidance/get-help` },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: tags.map((tag) => ({ name: tag, description: tagDescriptions[tag] })),
    security: [{ api_key: [] }],
    paths,
    components: {
      securitySchemes: {
        api_key: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Your token: `Bearer npq_…`' },
      },
      schemas: Object.fromEntries([...components].sort(([one], [other]) => one.localeCompare(other))),
    },
  }
}

/** The same as YAML. */
export function openApiYaml(endpoints: readonly Endpoint[], version: Version, serverUrl: string): string {
  return asYaml(openApiDocument(endpoints, version, serverUrl))
}

export function asYaml(document: ReturnType<typeof documentOf>): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })
}

const tagDescriptions: Record<Endpoint['tag'], string> = {
  'NPQ Applications': 'Applications that participants made to you: list, accept, reject, change the funded place.',
  'NPQ Enrolments': 'Accepted applications as one CSV file.',
  'NPQ Participants': 'People whose applications you accepted, and changes to their training.',
  'NPQ Participant Outcomes': 'Whether participants who completed a course passed it.',
  'Participant declarations': 'Your evidence that participants started, continued and completed.',
  Statements: 'What is paid and when.',
  'Delivery Partners': 'Organisations that deliver training with you.',
  Changes: 'What changed of all that you can see, in one list.',
  'Sandbox applications': 'Applications of invented people, made to you for a test.',
  'Sandbox clock': 'The day on which your requests are judged, and the money that it brings; and your data as they were at the start.',
  'Sandbox scenarios': 'A named situation for each refusal that you can meet, and for each state of a record.',
  'Sandbox access': 'Your own tokens, and what you last asked with them.',
}

function operation(endpoint: Endpoint, version: Version, own: readonly Endpoint[], components: Map<string, TSchema>) {
  const { operationId, summary, description, tag } = endpoint
  const parameters = parametersOf(endpoint, version, components)
  const body = endpoint.format === 'json' ? endpoint.body?.(version) : undefined
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: body.required,
        content: {
          'application/json': {
            schema: use(components, { name: body.name, schema: requestSchema(body), uses: body.uses ?? [] }),
            example: { data: { type: body.type, attributes: body.example } },
          },
        },
      },
    }),
    responses: responsesOf(endpoint, version, own, components),
    ...(endpoint.format === 'json' && endpoint.refusals && { 'x-refusals': endpoint.refusals.map(shownRefusal) }),
  }
}

/** Words that depend on the facts are left out. */
function shownRefusal({ code, title, detail }: PossibleRefusal) {
  return { code, title, ...(typeof detail === 'string' && { detail }) }
}

function requestSchema({ type, attributes, required }: RequestBody): TSchema {
  // a body may be left out, its attributes may not be empty
  const filled = required ? attributes : { ...attributes, minProperties: 1 }
  return Type.Object({
    data: Type.Object({ type: Type.Unsafe({ type: 'string', enum: [type], examples: [type] }), attributes: filled }),
  })
}

function parametersOf(endpoint: Endpoint, version: Version, components: Map<string, TSchema>) {
  const parameters: unknown[] = []
  if (endpoint.path.includes('{id}')) {
    parameters.push({
      name: 'id',
      in: 'path',
      required: true,
      description: 'The id of the resource.',
      schema: { type: 'string', format: 'uuid' },
      example: exampleId(endpoint.path.split('/')[1] ?? ''),
    })
  }
  if (endpoint.named) parameters.push({ name: 'name', in: 'path', required: true, ...endpoint.named, schema: { type: 'string' } })
  const filters = endpoint.filters?.(version)
  if (filters) parameters.push(group('filter', 'Narrows the list. Several filters must all match.', use(components, filters), components))
  if (endpoint.format === 'json' && endpoint.paged) parameters.push(group('page', 'Which part of the list.', use(components, pagination), components))
  const sorts = endpoint.format === 'json' ? (endpoint.sorts?.(version) ?? []) : []
  if (sorts.length > 0) {
    parameters.push({
      name: 'sort',
      in: 'query',
      required: false,
      description: 'Order of the list: keys, comma-separated, each with - before it for descending order.',
      schema: { type: 'string', enum: sorts.flatMap((key) => [key, `-${key}`]) },
      example: `-${sorts.at(-1)}`,
    })
  }
  const more = (endpoint.format === 'json' && endpoint.parameters?.()) || []
  parameters.push(...more.map((parameter) => ({ in: 'query', required: false, ...parameter })))
  if (endpoint.method !== 'GET') parameters.push(dryRunParameter)
  if (takesKey(endpoint)) parameters.push(keyParameter)
  return parameters
}

const dryRunParameter = {
  name: 'dry_run',
  in: 'query',
  required: false,
  description:
    '`true` tries the request out: the answer is what would come, with `meta.dry_run` and the header `Dry-Run: true`, and nothing is changed or kept.',
  schema: { type: 'boolean', default: false },
  example: false,
}

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: longestKey, examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'] },
  // of which Postman, into which these documents are imported, makes a new UUID for each request: a fixed key would make all but one repeats
  example: '{{$guid}}',
}

const replayedHeader = {
  'Idempotency-Replayed': {
    description: '`true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise.',
    schema: { type: 'string', enum: ['true'] },
  },
}

function group(name: string, description: string, schema: TSchema, components: ReadonlyMap<string, TSchema>) {
  return { name, in: 'query', required: false, style: 'deepObject', explode: true, description, schema, example: exampleOf(schema, components) }
}

const pagination: Named = {
  name: 'Pagination',
  schema: Type.Object({
    page: Type.Optional(
      Type.Unsafe({ type: 'integer', minimum: 1, description: 'The number of the page; 1 where you leave it out.', examples: [1] }),
    ),
    per_page: Type.Optional(
      Type.Unsafe({
        type: 'integer',
        minimum: 1,
        description: `How many to a page; ${defaultPerPage} where you leave it out, and never more than ${maximumPerPage}.`,
        examples: [defaultPerPage],
      }),
    ),
  }),
}

function responsesOf(endpoint: Endpoint, version: Version, own: readonly Endpoint[], components: Map<string, TSchema>) {
  const mediaType = endpoint.format === 'csv' ? 'text/csv' : 'application/json'
  const answered = endpoint.answer(version)
  const schema = use(components, endpoint.method === 'GET' ? answered : withMeta(answered, endpoint))
  const makes = endpoint.format === 'json' ? endpoint.makes : undefined
  const example = withChanges(exampleOf(answered.schema, components), makes)
  return {
    200: {
      description: 'The request was carried out.',
      ...(takesKey(endpoint) && { headers: replayedHeader }),
      content: { [mediaType]: { schema, example } },
    },
    ...Object.fromEntries(
      problemsOf(endpoint, version, own).map((problem) => [problem.status, errorResponse(problem, endpoint, (named) => use(components, named))]),
    ),
  }
}

/** The answer of a write, with what a dry run says beside it. */
function withMeta({ name, schema, uses = [] }: Named, { foresees }: JsonEndpoint): Named {
  const meta = Type.Object({
    dry_run: Type.Unsafe({ type: 'boolean', enum: [true], description: 'That nothing was changed.' }),
    ...(foresees && { [foresees.name]: foresees.schema }),
  })
  const { properties } = schema as TSchema & { properties: Record<string, TSchema> }
  const described = { ...meta, description: 'Only where the request was tried out with `dry_run=true`.' }
  return {
    name: name.replace(/Response$/, foresees ? 'ForeseenWriteResponse' : 'WriteResponse'),
    schema: Type.Object({ ...properties, meta: Type.Optional(described) }),
    uses,
  }
}

/** Puts a named schema among the components and refers to it. */
function use(components: Map<string, TSchema>, named: Named): TSchema {
  components.set(named.name, named.schema)
  for (const used of named.uses ?? []) use(components, used)
  return reference(named.name)
}
