import { type Static, type TSchema, Type } from 'typebox'
import { exampleId, exampleOf } from './examples.ts'
import { eachVersion, type PerVersion, type Version, versions, versionsWith } from './versions.ts'

/** One attribute as some versions show it: its schema, its value and what it means. */
export type Field<View> = Readonly<{
  schema: (version: Version) => TSchema
  value: (view: View, version: Version) => unknown
  description: string
  example?: unknown
  versions: readonly Version[]
}>

/** An attribute whose value fits its schema, or does not compile. */
export function is<View, S extends TSchema>(schema: S, value: (view: View) => Static<S>, description: string, example?: Static<S>): Field<View> {
  return { schema: () => schema, value, description, versions, ...(example !== undefined && { example }) }
}

/** An attribute that is a list of parts, each as the version shows it. */
export function listed<View, PartView>(part: Part<PartView>, parts: (view: View) => readonly PartView[], description: string): Field<View> {
  return {
    schema: (version) => Type.Array(part.schema(version)),
    value: (view, version) => parts(view).map((one) => part.project(version, one)),
    description,
    versions,
  }
}

/** Limits attributes to the versions that show them. */
export function shownBy(table: PerVersion<boolean>) {
  return <View>(field: Field<View>): Field<View> => ({ ...field, versions: versionsWith(table) })
}

type Fields<View> = Readonly<Record<string, Field<View> | readonly Field<View>[]>>
type Attributes = Record<string, unknown>
type Resource = { id: string; type: string; attributes: Attributes }

/** A group of attributes of each version: their schema, and those of one view. */
export type Part<View> = {
  schema(version: Version): TSchema
  project(version: Version, view: View): Attributes
  /** the attributes' examples by name */
  example(version: Version): Attributes
}

export type Representation<View> = {
  /** the wire's `type` */
  type: string
  one(version: Version, view: View): { data: Resource }
  many(version: Version, views: readonly View[]): { data: Resource[] }
  /** the resource with `id`, `type` and `attributes`, its members in wire order */
  schema(version: Version): TSchema
  /** the examples of `id` and the attributes by name */
  example(version: Version): Attributes
}

/**
 * A resource as one ordered table, from which come both what is sent and what is documented.
 * A second table goes on where versions have an attribute in different places.
 */
export function represent<View extends { public_id: string }>(type: string, ...tables: Fields<View>[]): Representation<View> {
  const attributes = representPart(...tables)
  const project = (version: Version, view: View): Resource => ({ id: view.public_id, type, attributes: attributes.project(version, view) })
  return {
    type,
    one: (version, view) => ({ data: project(version, view) }),
    many: (version, views) => ({ data: views.map((view) => project(version, view)) }),
    schema: (version) =>
      Type.Object({
        id: { ...Uuid, examples: [exampleId(type)] },
        type: Type.Unsafe<string>({ type: 'string', enum: [type] }),
        attributes: attributes.schema(version),
      }),
    example: (version) => ({ id: exampleId(type), ...attributes.example(version) }),
  }
}

/** A group of attributes inside another resource, such as an enrolment. */
export function representPart<View>(...tables: Fields<View>[]): Part<View> {
  const columns = eachVersion((version) => tables.flatMap((fields) => fieldsOf(fields, version)))
  // all attributes at once, so that all objects of a resource have one shape, which JSON.stringify writes in half the time
  const blanks = eachVersion((version): Attributes => Object.fromEntries(columns[version].map(([name]) => [name, null])))
  return {
    example: (version) => Object.fromEntries(columns[version].map(([name, field]) => [name, exampleOf(documented(field, version))])),
    schema: (version) => Type.Object(Object.fromEntries(columns[version].map(([name, field]) => [name, documented(field, version)]))),
    project(version, view) {
      const attributes = { ...blanks[version] }
      for (const [name, field] of columns[version]) attributes[name] = field.value(view, version)
      return attributes
    },
  }
}

function fieldsOf<View>(fields: Fields<View>, version: Version): [string, Field<View>][] {
  return Object.entries(fields).flatMap(([name, given]) =>
    [given]
      .flat()
      .filter((field) => field.versions.includes(version))
      .map((field): [string, Field<View>] => [name, field]),
  )
}

function documented<View>({ schema, description, example }: Field<View>, version: Version): TSchema {
  return { ...schema(version), description, ...(example !== undefined && { examples: [example] }) }
}

export const Text = Type.Unsafe<string>({ type: 'string' })
export const Flag = Type.Unsafe<boolean>({ type: 'boolean' })
export const Uuid = Type.Unsafe<string>({ type: 'string', format: 'uuid', examples: ['3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14'] })
export const DateTime = Type.Unsafe<string>({ type: 'string', format: 'date-time', examples: ['2026-03-04T09:15:00Z'] })
export const PlainDate = Type.Unsafe<string>({ type: 'string', format: 'date', examples: ['2026-03-04'] })

/** One of a fixed list of texts. */
export function Choice<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values })
}

/** The schema or null. */
export function Nullable<S extends TSchema>(schema: S) {
  const { type, enum: values } = schema as { type?: unknown; enum?: readonly unknown[] }
  return Type.Unsafe<Static<S> | null>({ ...schema, type: [type, 'null'], ...(values && { enum: [...values, null] }) })
}
