import { type ApiDocument, type NamedOperation, operationsOf, resolve, type Schema } from './document.ts'
import { codeBlock } from './highlight.ts'

export type Row = Readonly<{ name: string; type: string; required: boolean; description: string; values: readonly string[]; example?: string }>

/** One version's document as its reference page shows it: operations by tag, tables of fields, code. */
export function referenceOf(document: ApiDocument) {
  const operations = operationsOf(document)
  return {
    name: document.info.title,
    version: document.info.version,
    description: document.info.description,
    server: document.servers[0]?.url ?? '',
    tags: document.tags.map(({ name, description }) => ({
      name,
      description,
      operations: operations.filter(({ tag }) => tag === name).map((operation) => shown(document, operation)),
    })),
  }
}

function shown(document: ApiDocument, { method, path, anchor, operation }: NamedOperation) {
  const body = operation.requestBody?.content['application/json']
  const address = addressOf(path, operation)
  const text = JSON.stringify(body?.example, null, 2)
  return {
    method,
    path,
    address,
    anchor,
    summary: operation.summary,
    description: operation.description,
    parameters: parametersOf(document, operation),
    body: body && {
      required: operation.requestBody?.required,
      rows: rowsOf(document, body.schema),
      text,
      example: codeBlock(text, 'json'),
    },
    curl: codeBlock(curl(`${document.servers[0]?.url}${address}`, method, body?.example), 'text'),
    responses: Object.entries(operation.responses).map(([status, { description, content }]) => ({
      status,
      description,
      success: status === '200',
      media: Object.entries(content ?? {}).map(([type, { schema, example }]) => ({
        type,
        rows: status === '200' ? rowsOf(document, schema) : [],
        example: typeof example === 'string' ? codeBlock(example, 'text') : codeBlock(JSON.stringify(example, null, 2), 'json'),
      })),
    })),
  }
}

/** `filter` and `page` as the reader writes them: `filter[cohort]`. */
function parametersOf(document: ApiDocument, operation: NamedOperation['operation']): (Row & { in: string })[] {
  return (operation.parameters ?? []).flatMap((parameter) => {
    const { name, description, required, in: place } = parameter
    const schema = resolve(document, parameter.schema)
    if (parameter.style !== 'deepObject')
      return [{ ...row(name, { description, ...schema }, required, schema.examples?.[0] ?? parameter.example), in: place }]
    return Object.entries(schema.properties ?? {}).map(([key, property]) => ({ ...row(`${name}[${key}]`, property, false), in: place }))
  })
}

/** Every field of a schema, the members of nested objects under their path. */
function rowsOf(document: ApiDocument, given: Schema, prefix = ''): Row[] {
  const schema = resolve(document, given)
  if (schema.items) return rowsOf(document, schema.items, `${prefix}[]`)
  return Object.entries(schema.properties ?? {}).flatMap(([key, unresolved]) => {
    const property = { ...unresolved, ...resolve(document, unresolved) }
    const name = prefix === '' ? key : `${prefix}.${key}`
    const inner = property.properties || property.items ? rowsOf(document, property, name) : []
    // an envelope needs no row of its own
    const own = inner.length > 0 && property.description === undefined ? [] : [row(name, property, schema.required?.includes(key) ?? false)]
    return [...own, ...inner]
  })
}

function row(name: string, schema: Schema, required: boolean, example: unknown = schema.examples?.[0]): Row {
  return {
    name,
    type: typeOf(schema),
    required,
    description: schema.description ?? '',
    values: (schema.enum ?? []).filter((value) => value !== null).map(String),
    ...(example !== undefined && typeof example !== 'object' && { example: String(example) }),
  }
}

function typeOf({ type, format, items }: Schema): string {
  const names = [type ?? 'any'].flat().map((name) => (name === 'array' && items ? `list of ${[items.type ?? 'object'].flat().join(' or ')}` : name))
  return names.join(' or ') + (format ? ` (${format})` : '')
}

/** The path with an example's id and, for a list, a small page. */
function addressOf(path: string, operation: NamedOperation['operation']): string {
  const id = String(operation.parameters?.find(({ in: place }) => place === 'path')?.example ?? '')
  return path.replace('{id}', id) + (operation.parameters?.some(({ name }) => name === 'page') ? '?page[per_page]=10' : '')
}

function curl(url: string, method: string, body: unknown): string {
  const lines = [`curl -g '${url}'`, `-H "Authorization: Bearer $NPQ_TOKEN"`]
  if (method !== 'GET') lines.splice(1, 0, `-X ${method}`)
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body)}'`)
  return lines.join(' \\\n  ')
}
