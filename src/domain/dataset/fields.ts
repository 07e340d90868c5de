import { type RawBuilder, sql } from 'kysely'

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>

/**
 * One member of a record: what a file may hold there, what PostgreSQL reads it as, and whether it must be there, or be there and not
 * null. `Value` is what code writes there that makes records.
 */
export type Field<Value = unknown, Presence extends 'optional' | 'stated' | 'needed' = 'optional' | 'stated' | 'needed'> = {
  schema: Schema
  column: string
  presence: Presence
  /** of the records that a list holds */
  fields?: Fields
  /** no field has it: it carries the type alone */
  value?: Value
}
export type Fields = Readonly<Record<string, Field>>

/** A record with these members. */
export type RecordOf<F extends Fields> = {
  -readonly [Name in keyof F as F[Name]['presence'] extends 'optional' ? never : Name]: ValueOf<F[Name]>
} & {
  -readonly [Name in keyof F as F[Name]['presence'] extends 'optional' ? Name : never]?: ValueOf<F[Name]> | undefined
}
type ValueOf<F extends Field> = Exclude<F['value'], undefined>

type Made<Value> = (description: string) => Field<Value | null, 'optional'>

/** A member that every record must have. */
export const needed = <Value>(field: Field<Value>): Field<NonNullable<Value>, 'needed'> => ({ ...field, presence: 'needed' }) as never
/** A member that every record must have, be it null: what its absence would mean is no guess to make. */
export const stated = <Value>(field: Field<Value>): Field<Value, 'stated'> => ({ ...field, presence: 'stated' })

function field<Value>(json: object, column: string): Made<Value> {
  return (description) => ({ schema: { ...json, description }, column, presence: 'optional' })
}

function orNull(type: string, more: object = {}) {
  return { type: [type, 'null'], ...more }
}

/** What PostgreSQL can hold: no NUL and no half of a surrogate pair. */
const storable = '[^\\u0000\\ud800-\\udfff]'
const century = '^(1[89]|20)\\d\\d-'

export const text = field<string>(orNull('string', { pattern: `^${storable}*$` }), 'text')
export const filled = field<string>(orNull('string', { pattern: `^${storable}+$` }), 'text')
/** What an index can hold. */
export const key = field<string>(orNull('string', { pattern: `^${storable}{1,255}$` }), 'text')
export const countryCode = field<string>(orNull('string', { pattern: `^${storable}{0,3}$` }), 'text')
export const uuid = field<string>({ type: 'string', format: 'uuid' }, 'uuid')
export const optionalUuid = field<string>(orNull('string', { format: 'uuid' }), 'uuid')
export const flag = field<boolean>(orNull('boolean'), 'boolean')
export const whole = wholeFrom(-2_147_483_648)
export const decimal = field<string>(orNull('string', { pattern: '^-?\\d{1,12}(\\.\\d{1,6})?$' }), 'numeric')
export const price = field<string>(orNull('string', { pattern: '^(?=.*[1-9])\\d{1,12}(\\.\\d{1,6})?$' }), 'numeric')
export const instant = field<Temporal.Instant>(
  orNull('string', { format: 'date-time', pattern: `${century}\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-](0\\d|1[0-4]):\\d\\d)$` }),
  'timestamptz',
)
export const date = field<Temporal.PlainDate>(orNull('string', { format: 'date', pattern: century }), 'date')
export const texts = field<string[]>(orNull('array', { items: { type: 'string', pattern: `^${storable}*$` } }), 'text[]')
export const email = field<string>(
  orNull('string', { pattern: '^[^\\s@\\u0000\\ud800-\\udfff]+@[^\\s@\\u0000\\ud800-\\udfff]+$', maxLength: 320 }),
  'text',
)

/** A whole number in these bounds, both included. */
export function wholeFrom(minimum: number, maximum = 2_147_483_647): Made<number> {
  return field(orNull('integer', { minimum, maximum }), 'integer')
}

/** An amount in whole pence, of so many digits before the point: more would be rounded. */
export function pounds(digits: number): Made<string> {
  return field(orNull('string', { pattern: `^-?\\d{1,${digits}}(\\.\\d{1,2})?$` }), 'numeric')
}

/** Any of these texts. */
export function someOf<Value extends string>(values: readonly Value[], description: string): Field<Value[] | null, 'optional'> {
  return { schema: { type: ['array', 'null'], items: { enum: values }, description }, column: 'text[]', presence: 'optional' }
}

/** One of these texts, or null. */
export function choice<Value extends string>(values: readonly Value[], description: string): Field<Value | null, 'optional'> {
  return { schema: { type: ['string', 'null'], enum: [...values, null], description }, column: 'text', presence: 'optional' }
}

/** Records that belong to the one that holds them. */
export function many<F extends Fields>(fields: F, description: string): Field<RecordOf<F>[], 'optional'> {
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
