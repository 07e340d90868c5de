import type { TSchema } from 'typebox'

type Shape = {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  format?: string
  examples?: readonly unknown[]
  properties?: Record<string, TSchema>
  items?: TSchema
  anyOf?: readonly TSchema[]
  default?: unknown
}

/** The id of each resource in all examples that speak of it. */
export const exampleIds = {
  application: 'db3a7848-7308-4879-942a-c4a70ced400a',
  declaration: '3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14',
  outcome: '9f5c0f6e-2d7b-4f0c-8d2e-6a1b3c4d5e6f',
  partner: '6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34',
  statement: 'cd3a1234-7308-4879-942a-c4a70ced400a',
  participant: '7a8fef46-3c43-42c0-b3d5-1ba5904ba562',
  change: '1c9a7d52-64d0-4c0e-9a55-0d3b7f8e2a61',
  clock: '4b1c7e52-8f3d-4a6e-9c0b-2d5e7f8a1b3c',
  token: 'e2a9d4f6-1c8b-4d37-a5e0-6f9b3c7d8e21',
}
/** A second partner, named beside the first. */
export const exampleSecondPartner = { id: '0c8d9e4b-6f27-4a1e-9d35-84b2a7c1f690', name: 'Moorland Teaching School Hub' }

/** When the examples tell of what happened, in its order. */
export const exampleMoments = {
  applied: '2026-10-05T11:02:17Z',
  accepted: '2026-10-12T08:45:30Z',
  reached: '2026-10-12T09:00:00Z',
  declared: '2026-10-19T10:30:00Z',
  deferred: '2026-10-26T14:20:45Z',
  changed: '2026-11-02T09:15:00Z',
}

const byFormat: Record<string, string> = {
  uuid: '3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14',
  'date-time': '2026-10-12T09:00:00Z',
  date: '2026-10-12',
}

/** The noun of the resource that the wire's type, or a path, names. */
export function exampleNoun(kind: string): keyof typeof exampleIds | undefined {
  return (Object.keys(exampleIds) as (keyof typeof exampleIds)[]).find((noun) => kind.includes(noun))
}

/** The id of the resource that the wire's type, or a path, names. */
export function exampleId(kind: string): string | undefined {
  const noun = exampleNoun(kind)
  return noun && exampleIds[noun]
}

/** An example with other values of these attributes, wherever they are in it. */
export function withChanges(value: unknown, changes: Readonly<Record<string, unknown>> = {}): unknown {
  if (Array.isArray(value)) return value.map((item) => withChanges(item, changes))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, Object.hasOwn(changes, name) ? changes[name] : withChanges(inner, changes)]),
  )
}

/** A CSV file of these columns with one row. */
export function exampleFile(columns: readonly string[], row: Readonly<Record<string, unknown>>): string {
  return `${columns.join(',')}\n${columns.map((column) => String(row[column] ?? '')).join(',')}\n`
}

/** A believable value of the schema, whole objects and lists included. */
export function exampleOf(schema: TSchema, components: ReadonlyMap<string, TSchema> = new Map()): unknown {
  const shape = schema as Shape
  if (shape.$ref !== undefined) return exampleOf(components.get(shape.$ref.split('/').at(-1) ?? '') as TSchema, components)
  if (shape.examples !== undefined) return shape.examples[0]
  if (shape.default !== undefined) return shape.default
  if (shape.anyOf?.[0]) return exampleOf(shape.anyOf[0], components)
  if (shape.properties) {
    return Object.fromEntries(Object.entries(shape.properties).map(([name, property]) => [name, exampleOf(property, components)]))
  }
  if (shape.items) return [exampleOf(shape.items, components)]
  return exampleOfScalar(shape)
}

function exampleOfScalar(shape: Shape): unknown {
  const types = [shape.type ?? 'string'].flat()
  if (shape.enum) return shape.enum[0]
  if (shape.format && byFormat[shape.format]) return byFormat[shape.format]
  if (types.includes('null')) return null
  if (types.includes('boolean')) return true
  if (types.includes('integer') || types.includes('number')) return 1
  return types.includes('array') ? [] : 'text'
}
