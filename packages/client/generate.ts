import typesOf, { astToString } from 'openapi-typescript'

type Schema = { $ref?: string; type?: string; enum?: readonly string[]; properties?: Record<string, Schema>; items?: Schema }
type Media = Record<string, { schema: Schema }>
type Operation = {
  operationId: string
  'x-refusals'?: readonly { code: string }[]
  summary: string
  description?: string
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { required: boolean; content: Media }
  responses: Record<string, { content?: Media }>
}
type Schemas = Record<string, Schema>
type Document = { info: { version: string }; paths: Record<string, Record<string, unknown>>; components: { schemas: Schemas } }
type Named = Operation & { method: string; path: string; codes: readonly string[]; keyed: boolean }

/**
 * The module of one version, or of the sandbox: the types of what it sends and takes, an interface with a function for each request,
 * and where each goes. A write whose document offers no Idempotency-Key is never repeated blindly.
 */
export async function moduleOf(document: Document): Promise<string> {
  const { schemas } = document.components
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const operation = described as Operation
      const codes = (operation['x-refusals'] ?? []).map(({ code }) => code)
      return {
        ...operation,
        method: method.toUpperCase(),
        path,
        codes,
        keyed: method === 'get' || (operation.parameters ?? []).some(({ name }) => name === 'Idempotency-Key'),
      }
    }),
  )
  const { version } = document.info
  const called = version === 'sandbox' ? 'the sandbox' : version
  const gives = (kind: string) => operations.some((operation) => givesOf(operation, schemas) === kind)
  const imports = [
    ...(gives('feed') ? ["import type { Feed } from './feed.ts'"] : []),
    ...(gives('list') ? ["import type { List } from './list.ts'"] : []),
    "import type { CallOptions, Result, WriteOptions } from './send.ts'",
  ]
  return [
    `// Made from the OpenAPI document of ${called}: change the API, not this file.`,
    imports.join('\n'),
    (await typesOfSchemas(schemas, operations)).trim(),
    `/** What can be asked of ${called}. */\nexport interface ${version.charAt(0).toUpperCase()}${version.slice(1)} {\n${operations.map((operation) => signature(operation, schemas)).join('\n')}\n}`,
    `/** Why each change can be refused. */\nexport interface Codes {\n${operations
      .filter(({ codes }) => codes.length > 0)
      .map(codesLine)
      .join('\n')}\n}`,
    `/** Where each request goes. */\nexport const requests = {\n${operations.map((operation) => requestLine(operation, schemas)).join('\n')}\n} as const`,
  ]
    .join('\n\n')
    .concat('\n')
}

/** The types of the schemas that requests and their successes are made of. */
async function typesOfSchemas(schemas: Schemas, operations: readonly Named[]): Promise<string> {
  const used = new Set<string>()
  const use = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      use(schemas[name])
    }
  }
  for (const operation of operations) use([parametersOf(operation), operation.requestBody, shownOf(operation, schemas)])
  const named = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
  const nodes = await typesOf(
    { openapi: '3.1.0', info: { title: '', version: '' }, paths: {}, components: { schemas: named } } as Parameters<typeof typesOf>[0],
    { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false },
  )
  const superfluous = ['paths', 'webhooks', '$defs', 'operations']
  return astToString(nodes.filter((node) => !superfluous.includes((node as unknown as { name?: { text: string } }).name?.text ?? '')))
}

function signature(operation: Named, schemas: Schemas): string {
  const { operationId, summary, description, method, path, codes, keyed } = operation
  const gives = givesOf(operation, schemas)
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}: string`),
    ...(gives === 'record' || gives === 'records' ? [] : [`query?: ${queryType(operation)}`]),
    ...attributesParameter(operation),
    `options?: ${method === 'GET' ? 'CallOptions' : keyed ? 'WriteOptions' : "Omit<WriteOptions, 'key'>"}`,
  ]
  const item = itemType(operation, schemas)
  const data = gives === 'records' ? `${item}[]` : item
  const written = method === 'GET' ? [] : [codes.length > 0 ? `Codes['${operationId}']` : 'never', `${answerName(operation)}['meta']`]
  const lazily = { list: `List<${data}>`, feed: `Feed<${data}>` }
  const answer = gives === 'list' || gives === 'feed' ? lazily[gives] : `Promise<Result<${[data, ...written].join(', ')}>>`
  const words = [`${summary}.`, ...(description ? [description] : [])].join(' ')
  return `  /** ${words} */\n  ${operationId}(${parameters.join(', ')}): ${answer}`
}

/** The type of the data of a success, of a list that of each of them; what has no name of its own is named by the answer. */
function itemType(operation: Operation, schemas: Schemas): string {
  const schema = dataOf(operation, schemas)
  if (!schema) return 'string'
  return nameOf(schema.items ?? schema) || `${answerName(operation)}['data']${schema.items ? '[number]' : ''}`
}

/** What is asked for in the query; a dry run is among the options of a write. */
function parametersOf({ parameters = [] }: Operation) {
  return parameters.filter(({ in: place, name }) => place === 'query' && name !== 'dry_run')
}

function queryType(operation: Operation): string {
  const members = parametersOf(operation).map(({ name, schema }) => `${name}?: ${typeOf(schema)}`)
  return `{ ${members.join('; ')} }`
}

function attributesParameter({ requestBody }: Operation): string[] {
  const schema = requestBody?.content['application/json']?.schema
  return schema ? [`attributes${requestBody?.required ? '' : '?'}: ${nameOf(schema)}['data']['attributes']`] : []
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema)
  return schema.enum ? union(schema.enum) : schema.type === 'integer' ? 'number' : 'string'
}

function answerName({ responses }: Operation): string {
  return nameOf(responses['200']?.content?.['application/json']?.schema)
}

/** The schema of the data of a success; undefined for a file. */
function dataOf(operation: Operation, schemas: Schemas): Schema | undefined {
  return schemas[answerName(operation)]?.properties?.['data']
}

/** What callers are given of a success: of a read its data, of a write also what stands beside it. */
function shownOf(operation: Named, schemas: Schemas): unknown {
  const data = dataOf(operation, schemas)
  return operation.method === 'GET' && (!data || nameOf(data.items ?? data)) ? data : operation.responses['200']
}

function codesLine({ operationId, codes }: Named): string {
  return `  ${operationId}: ${union([...new Set(codes)].sort())}`
}

function requestLine(operation: Named, schemas: Schemas): string {
  const body = nameOf(operation.requestBody?.content['application/json']?.schema)
  const [type] = schemas[body]?.properties?.['data']?.properties?.['type']?.enum ?? []
  const members = {
    method: operation.method,
    path: operation.path,
    gives: givesOf(operation, schemas),
    ...(type && { takes: type }),
    ...(!operation.keyed && { key: 'none' }),
  }
  return `  ${operation.operationId}: { ${Object.entries(members)
    .map(([name, value]) => `${name}: '${value}'`)
    .join(', ')} },`
}

function givesOf(operation: Operation, schemas: Schemas): 'list' | 'feed' | 'record' | 'records' | 'csv' {
  const data = dataOf(operation, schemas)
  if (!data?.items) return data ? 'record' : 'csv'
  const asks = (parameter: string) => operation.parameters?.some(({ name }) => name === parameter)
  if (asks('page')) return 'list'
  if (asks('after')) return 'feed'
  if (parametersOf(operation).length === 0) return 'records'
  throw new Error(`${operation.operationId} gives a list that is asked for with neither pages nor cursors, which the client cannot read.`)
}

function nameOf(schema: Schema | undefined): string {
  return schema?.$ref?.split('/').at(-1) ?? ''
}

function union(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(' | ')
}
