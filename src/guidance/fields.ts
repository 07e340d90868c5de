import { type ApiDocument, type DocumentedOperation, resolve, type Schema } from './document.ts'

export type Row = Readonly<{
  name: string
  type: string
  required: boolean
  /** where only some kinds of body have or need it: the field that tells the kinds apart, and its values there */
  when?: Readonly<{ field: string; values: readonly string[] }>
  description: string
  values: readonly string[]
  example?: string
}>

/** Every field of a schema, the members of nested objects under their path. */
export function rowsOf(document: ApiDocument, given: Schema, prefix = ''): Row[] {
  const schema = resolve(document, given)
  if (schema.anyOf) return unfolded(schema.anyOf.map((kind) => rowsOf(document, kind, prefix)))
  if (schema.items) return rowsOf(document, schema.items, `${prefix}[]`)
  return Object.entries(schema.properties ?? {}).flatMap(([key, unresolved]) => {
    const property = { ...unresolved, ...resolve(document, unresolved) }
    const name = prefix === '' ? key : `${prefix}.${key}`
    const inner = property.properties || property.items || property.anyOf ? rowsOf(document, property, name) : []
    // an envelope needs no row of its own
    const own = inner.length > 0 && property.description === undefined ? [] : [row(name, property, schema.required?.includes(key) ?? false)]
    return [...own, ...inner]
  })
}

/** `filter` and `page` as the reader writes them: `filter[cohort]`. */
export function parametersOf(document: ApiDocument, operation: DocumentedOperation): (Row & { in: string })[] {
  return (operation.parameters ?? []).flatMap((parameter) => {
    const { name, description, required, in: place } = parameter
    const schema = resolve(document, parameter.schema)
    if (parameter.style !== 'deepObject')
      return [{ ...row(name, { description, ...schema }, required, schema.examples?.[0] ?? parameter.example), in: place }]
    return Object.entries(schema.properties ?? {}).map(([key, property]) => ({ ...row(`${name}[${key}]`, property, false), in: place }))
  })
}

/** The fields of several kinds of one body as one list, each saying which kinds have or need it. */
function unfolded(kinds: readonly (readonly Row[])[]): Row[] {
  const names = [...new Set(kinds.flatMap((rows) => rows.map(({ name }) => name)))]
  const inKinds = (name: string) => kinds.map((rows) => rows.find((row) => row.name === name))
  const telling = names.find((name) => {
    const lists = inKinds(name).map((row) => row?.values ?? [])
    return lists.every((list) => list.length > 0) && new Set(lists.flat()).size === lists.flat().length
  })
  const valuesOf = (rows: readonly Row[]) => rows.find(({ name }) => name === telling)?.values ?? []
  return names.map((name) => {
    const found = inKinds(name)
    const present = found.filter((row) => row !== undefined)
    const needing = kinds.filter((_, index) => found[index]?.required)
    const required = needing.length === kinds.length
    return {
      ...(present[0] as Row),
      values: [...new Set(present.flatMap(({ values }) => values))],
      required,
      ...(!required && needing.length > 0 && telling !== undefined && { when: { field: telling, values: needing.flatMap(valuesOf) } }),
    }
  })
}

function row(name: string, schema: Schema, required: boolean, example: unknown = schema.examples?.[0]): Row {
  return {
    name,
    type: typeOf(schema),
    required,
    description: schema.description ?? '',
    values: (schema.enum ?? []).filter((value) => value !== null).map(String),
    // an id made up says nothing
    ...(example !== undefined && example !== null && schema.format !== 'uuid' && typeof example !== 'object' && { example: String(example) }),
  }
}

function typeOf({ type, format, items }: Schema): string {
  const names = [type ?? []].flat().map((name) => (name === 'array' && items ? `list of ${[items.type ?? 'object'].flat().join(' or ')}` : name))
  return names.join(' or ') + (format ? ` (${format})` : '')
}
