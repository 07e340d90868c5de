import { type ApiDocument, answerOf, listsOf, type NamedOperation, nameOf, operationsOf, resolve, type Schema, tagPage } from './document.ts'
import { parametersOf, type Row, rowsOf } from './fields.ts'
import { codeBlock } from './highlight.ts'
import { samplesOf } from './samples.ts'

/** One version's document as its pages show it: an overview, a page for each part of the API, and one for each request. */
export function referenceOf(document: ApiDocument) {
  const operations = operationsOf(document)
  const { title, version, description } = document.info
  const parts = document.tags.map((tag) => ({
    name: tag.name,
    description: tag.description,
    page: tagPage(version, tag.name),
    operations: operations
      .filter((named) => named.tag === tag.name)
      .map(({ method, path, page, anchor, operation }) => ({ method, path, page, anchor, summary: operation.summary })),
  }))
  return { name: title, version, description, server: serverOf(document), page: `/api/docs/${version}`, parts }
}

/** One request: what it takes, what it answers and how it is sent. */
export function operationOf(document: ApiDocument, named: NamedOperation) {
  const { method, path, tag, page, operation } = named
  const body = operation.requestBody?.content['application/json']
  const address = addressOf(named)
  const text = body && JSON.stringify(body.example, null, 2)
  const success = Object.entries(operation.responses['200']?.content ?? {})[0]
  return {
    method,
    path,
    address,
    page,
    tag: { name: tag, page: tagPage(document.info.version, tag) },
    summary: operation.summary,
    description: operation.description,
    parameters: parametersOf(document, operation),
    body: body && { required: operation.requestBody?.required, rows: bodyRows(document, body.schema), text, type: typeIn(body.example) },
    samples: samplesOf({ method, url: `${serverOf(document)}${address}`, body: body?.example }),
    answer: {
      resource: resourceOf(document, named),
      columns: success && columnsOf(document, success[1].schema),
      type: success?.[0],
      example: success && exampleBlock(success[1].example),
    },
    refusals: distinctByCode(operation['x-refusals'] ?? []),
    problems: Object.entries(operation.responses)
      .filter(([status]) => status !== '200')
      .map(([status, { description, content }]) => ({
        status,
        description,
        examples: Object.values(content ?? {}).map(({ example }) => exampleBlock(example)),
      })),
    pickers: pickersOf(document, named),
  }
}

/** The fields of the resource that a part of the API is about, with the versions that show each; none where it has none. */
export function resourceFields(documents: readonly ApiDocument[], tag: string) {
  const inVersions = documents.map((document) => ({ version: document.info.version, rows: attributeRows(document, tag) }))
  const names = [...new Set([...inVersions].reverse().flatMap(({ rows }) => rows.map(({ name }) => name)))]
  return names.map((name) => {
    const shown = inVersions.flatMap(({ version, rows }) => rows.filter((row) => row.name === name).map((row) => ({ version, row })))
    const latest = (shown.at(-1) as (typeof shown)[number]).row
    const others = shown.filter(({ row }) => row.description !== latest.description)
    return {
      ...latest,
      versions: shown.length === documents.length ? 'all' : shown.map(({ version }) => version).join(', '),
      earlier: others.length > 0 ? { versions: others.map(({ version }) => version).join(', '), description: others[0]?.row.description } : undefined,
    }
  })
}

function attributeRows(document: ApiDocument, tag: string): Row[] {
  const resource = operationsOf(document)
    .filter((named) => named.tag === tag && named.method === 'GET')
    .map((named) => resourceSchema(document, named))
    .find((schema) => schema !== undefined)
  const attributes = resource && resolve(document, resource).properties?.['attributes']
  return attributes ? rowsOf(document, attributes) : []
}

function resourceSchema(document: ApiDocument, named: NamedOperation): Schema | undefined {
  const data = answerOf(document, named)?.properties?.['data']
  return data?.items ?? data
}

/** What an answer holds, with the page that lists its fields. */
function resourceOf(document: ApiDocument, named: NamedOperation) {
  const schema = resourceSchema(document, named)
  const name = nameOf(schema)
  const owner = operationsOf(document).find((other) => other.method === 'GET' && nameOf(resourceSchema(document, other)) === name)
  if (!schema || !owner || name === undefined) return undefined
  const isList = answerOf(document, named)?.properties?.['data']?.items !== undefined
  return {
    name,
    isList,
    type: String(resolve(document, schema).properties?.['type']?.enum?.[0] ?? ''),
    page: tagPage(document.info.version, owner.tag),
  }
}

function columnsOf(document: ApiDocument, schema: Schema): string[] {
  const rows = resolve(document, schema).contentSchema?.items
  return rows ? Object.keys(resolve(document, rows).properties ?? {}) : []
}

/** The attributes of a body by their own names: what encloses them is said beside the table. */
function bodyRows(document: ApiDocument, schema: Schema): Row[] {
  return rowsOf(document, schema)
    .filter(({ name }) => name.startsWith(attributesPath))
    .map((row) => ({
      ...row,
      name: row.name.slice(attributesPath.length),
      ...(row.when && { when: { ...row.when, field: row.when.field.slice(attributesPath.length) } }),
    }))
}

const attributesPath = 'data.attributes.'

function typeIn(example: unknown): string {
  return (example as { data: { type: string } }).data.type
}

/** Where ids that a request takes can be had: the one of its path, and those in its body. */
function pickersOf(document: ApiDocument, { path, operation }: NamedOperation) {
  const lists = listsOf(document)
  const own = [...lists.values()].find((list) => path.startsWith(`${list.path}/{id}`))
  const body = operation.requestBody?.content['application/json']
  const ids = body ? rowsOf(document, body.schema).filter(({ name, description }) => name.endsWith('_id') && description !== 'Not read.') : []
  const inBody = ids.flatMap(({ name }) => {
    const list = [...lists].find(([component]) => name.endsWith(`${snakeCase(component)}_id`))?.[1]
    return list ? [{ field: name.slice(attributesPath.length), list: list.path }] : []
  })
  return [...(own ? [{ field: 'id', list: own.path }] : []), ...inBody]
}

function snakeCase(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}

/** The path with an example's id and, for a list, a small page. */
export function addressOf({ path, operation }: NamedOperation): string {
  const inPath = (operation.parameters ?? []).filter(({ in: place }) => place === 'path')
  const filled = inPath.reduce((address, { name, example }) => address.replace(`{${name}}`, String(example)), path)
  return filled + (operation.parameters?.some(({ name }) => name === 'page') ? '?page[per_page]=10' : '')
}

function serverOf({ servers }: ApiDocument): string {
  return servers[0]?.url ?? ''
}

function exampleBlock(example: unknown): string {
  return typeof example === 'string' ? codeBlock(example, 'text') : codeBlock(JSON.stringify(example, null, 2), 'json')
}

function distinctByCode<T extends { code: string }>(refusals: readonly T[]): T[] {
  return refusals.filter(({ code }, index) => refusals.findIndex((other) => other.code === code) === index)
}
