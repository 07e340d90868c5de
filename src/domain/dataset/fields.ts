import { type RawBuilder, sql } from 'kysely'

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>

/** One member of a record: what a file may hold there, what PostgreSQL reads it as, and whether it must be there, or be there and not null. */
export type Field = {
  schema: Schema
  column: string
  presence: 'optional' | 'stated' | 'needed'
  /** of the records that a list holds */
  fields?: Fields
}
export type Fields = Readonly<Record<string, Field>>

type Made = (description: string) => Field

/** A member that every record must have. */
export const needed = (field: Field): Field => ({ ...field, presence: 'needed' })
/** A member that every record must have, be it null: what its absence would mean is no guess to make. */
export const stated = (field: Field): Field => ({ ...field, presence: 'stated' })

function field(json: object, column: string): Made {
  return (description) => ({ schema: { ...json, description }, column, presence: 'optional' })
}

function orNull(type: string, more: object = {}) {
  return { type: [type, 'null'], ...more }
}

/** What PostgreSQL can hold: no NUL and no half of a surrogate pair. */
const storable = '[^\\u0000\\ud800-\\udfff]'
const century = '^(1[89]|20)\\d\\d-'

export const text = field(orNull('string', { pattern: `^${storable}*$` }), 'text')
export const filled = field(orNull('string', { pattern: `^${storable}+$` }), 'text')
/** What an index can hold. */
export const key = field(orNull('string', { pattern: `^${storable}{1,255}$` }), 'text')
export const countryCode = field(orNull('string', { pattern: `^${storable}{0,3}$` }), 'text')
export const uuid = field({ type: 'string', format: 'uuid' }, 'uuid')
export const optionalUuid = field(orNull('string', { format: 'uuid' }), 'uuid')
export const flag = field(orNull('boolean'), 'boolean')
export const whole = wholeFrom(-2_147_483_648)
export const decimal = field(orNull('string', { pattern: '^-?\\d{1,12}(\\.\\d{1,6})?$' }), 'numeric')
export const price = field(orNull('string', { pattern: '^(?=.*[1-9])\\d{1,12}(\\.\\d{1,6})?$' }), 'numeric')
export const instant = field(
  orNull('string', { format: 'date-time', pattern: `${century}\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-](0\\d|1[0-4]):\\d\\d)$` }),
  'timestamptz',
)
export const date = field(orNull('string', { format: 'date', pattern: century }), 'date')
export const texts = field(orNull('array', { items: { type: 'string', pattern: `^${storable}*$` } }), 'text[]')
export const email = field(orNull('string', { pattern: '^[^\\s@\\u0000\\ud800-\\udfff]+@[^\\s@\\u0000\\ud800-\\udfff]+$', maxLength: 320 }), 'text')

/** A whole number in these bounds, both included. */
export function wholeFrom(minimum: number, maximum = 2_147_483_647): Made {
  return field(orNull('integer', { minimum, maximum }), 'integer')
}

/** An amount in whole pence, of so many digits before the point: more would be rounded. */
export function pounds(digits: number): Made {
  return field(orNull('string', { pattern: `^-?\\d{1,${digits}}(\\.\\d{1,2})?$` }), 'numeric')
}

/** Any of these texts. */
export function someOf(values: readonly string[], description: string): Field {
  return { schema: { type: ['array', 'null'], items: { enum: values }, description }, column: 'text[]', presence: 'optional' }
}

/** One of these texts, or null. */
export function choice(values: readonly string[], description: string): Field {
  return { schema: { type: ['string', 'null'], enum: [...values, null], description }, column: 'text', presence: 'optional' }
}

/** Records that belong to the one that holds them. */
export function many(fields: Fields, description: string): Field {
  return { schema: { type: 'array', items: recordSchema(fields), description }, column: 'jsonb', presence: 'optional', fields }
}

/** The schema of one record: needed members are neither absent nor null, stated ones not absent, and there are no others. */
export function recordSchema(fields: Fields): Schema {
  const properties = Object.entries(fields).map(([name, { schema, presence }]) => [name, presence === 'needed' ? notNull(schema) : schema])
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.keys(fields).filter((name) => fields[name]?.presence !== 'optional'),
    additionalProperties: false,
  }
}

function notNull(schema: Schema): Schema {
  const { type, enum: values, ...rest } = schema as { type?: unknown; enum?: unknown[] }
  return {
    ...rest,
    type: Array.isArray(type) ? type[0] : type,
    ...(values && { enum: values.filter((value) => value !== null) }),
  }
}

/** The fields as PostgreSQL's `jsonb_to_record` takes them. */
export function columnDefinitions(fields: Fields): RawBuilder<unknown> {
  return sql.join(Object.entries(fields).map(([name, { column }]) => sql`${sql.ref(name)} ${sql.raw(column)}`))
}
