import { type TSchema, Type } from 'typebox'

/** One member of a record: what a file may hold there and what PostgreSQL reads it as. */
export type Field = { schema: TSchema; column: string; required: boolean }
export type Fields = Readonly<Record<string, Field>>

type Made = (description: string) => Field

/** A member that every record must have. */
export const needed = ({ schema, column }: Field): Field => ({ schema, column, required: true })

const field =
  (json: object, column: string): Made =>
  (description) => ({ schema: Type.Unsafe({ ...json, description }), column, required: false })
const orNull = (type: string, more: object = {}) => ({ type: [type, 'null'], ...more })

export const text = field(orNull('string', { pattern: '^[^\\u0000]*$' }), 'text')
export const uuid = field({ type: 'string', format: 'uuid' }, 'uuid')
export const optionalUuid = field(orNull('string', { format: 'uuid' }), 'uuid')
export const flag = field(orNull('boolean'), 'boolean')
export const whole = field(orNull('integer', { minimum: -2_147_483_648, maximum: 2_147_483_647 }), 'integer')
export const decimal = field(orNull('string', { pattern: '^-?\\d{1,12}(\\.\\d{1,6})?$' }), 'numeric')
export const instant = field(orNull('string', { format: 'date-time' }), 'timestamptz')
export const date = field(orNull('string', { format: 'date' }), 'date')
export const texts = field(orNull('array', { items: { type: 'string', pattern: '^[^\\u0000]*$' } }), 'text[]')
export const email = field(orNull('string', { pattern: '^[^\\s@\\u0000]+@[^\\s@\\u0000]+$', maxLength: 320 }), 'text')

/** One of these texts, or null. */
export function choice(values: readonly string[], description: string): Field {
  return { schema: Type.Unsafe({ type: ['string', 'null'], enum: [...values, null], description }), column: 'text', required: false }
}

/** Records that belong to the one that holds them. */
export function many(fields: Fields, description: string): Field {
  return { schema: Type.Unsafe({ type: 'array', items: recordSchema(fields), description }), column: 'jsonb', required: false }
}

/** The schema of one record: required members are neither absent nor null, and there are no others. */
export function recordSchema(fields: Fields): TSchema {
  const properties = Object.entries(fields).map(([name, { schema, required }]) => [name, required ? notNull(schema) : schema])
  return Type.Unsafe({
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.keys(fields).filter((name) => fields[name]?.required),
    additionalProperties: false,
  })
}

function notNull(schema: TSchema): TSchema {
  const { type, enum: values, ...rest } = schema as { type?: unknown; enum?: unknown[] }
  return Type.Unsafe({
    ...rest,
    type: Array.isArray(type) ? type[0] : type,
    ...(values && { enum: values.filter((value) => value !== null) }),
  })
}

/** The fields as PostgreSQL's `jsonb_to_record` takes them. */
export function columnDefinitions(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, { column }]) => `"${name}" ${column}`)
    .join(', ')
}
