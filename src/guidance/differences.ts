import { type ApiDocument, type NamedOperation, operationsOf, resolve, type Schema } from './document.ts'

export type Difference = Readonly<{ name: string; shown: readonly string[] }>

/** How the versions differ, read from their documents: requests, filters and orders of lists, fields of resources. */
export function differencesOf(documents: readonly ApiDocument[]) {
  return {
    versions: documents.map(({ info }) => info.version),
    requests: table(documents, (document) => new Map(operationsOf(document).map((operation) => [requestName(operation), 'yes']))),
    lists: table(documents, listsOf),
    fields: table(documents, fieldsOf).filter(({ shown }) => new Set(shown).size > 1),
  }
}

function table(documents: readonly ApiDocument[], read: (document: ApiDocument) => ReadonlyMap<string, string>): Difference[] {
  const columns = documents.map(read)
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))]
  return names.map((name) => ({ name, shown: columns.map((column) => column.get(name) ?? '–') }))
}

function requestName({ method, path }: NamedOperation) {
  return `${method} ${path.replace(/^\/api\/v\d+/, '')}`
}

function listsOf(document: ApiDocument): Map<string, string> {
  const lists = new Map<string, string>()
  for (const named of operationsOf(document)) {
    const parameters = (named.operation.parameters ?? []).flatMap(({ name, style, schema }) =>
      style === 'deepObject' ? Object.keys(resolve(document, schema).properties ?? {}).map((key) => `${name}[${key}]`) : [name],
    )
    const shown = parameters.filter((name) => name.startsWith('filter[') || name === 'sort')
    if (shown.length > 0) lists.set(requestName(named), shown.join(', '))
  }
  return lists
}

/** The attributes of each resource that can be read, under the name of its part of the API. */
function fieldsOf(document: ApiDocument): Map<string, string> {
  const fields = new Map<string, string>()
  for (const { method, tag, operation } of operationsOf(document)) {
    const schema = operation.responses['200']?.content?.['application/json']?.schema
    if (method !== 'GET' || !schema) continue
    for (const name of attributesOf(document, schema)) fields.set(`${tag}: ${name}`, 'yes')
  }
  return fields
}

function attributesOf(document: ApiDocument, answer: Schema): string[] {
  const data = resolve(document, answer).properties?.['data']
  if (!data) return []
  const resource = resolve(document, data.items ?? data)
  return namesOf(document, resource.properties?.['attributes'])
}

function namesOf(document: ApiDocument, given: Schema | undefined, prefix = ''): string[] {
  if (!given) return []
  const schema = resolve(document, given)
  if (schema.items) return namesOf(document, schema.items, prefix)
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [prefix + key, ...namesOf(document, property, `${prefix}${key}.`)])
}
