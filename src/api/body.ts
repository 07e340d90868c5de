import { wrongStructure } from '../http/problems.ts'

type Value = string | number | boolean | null
/** The known attributes of a request body; one that is absent is undefined. */
export type Attributes<K extends string> = Partial<Record<K, Value>>

/**
 * The known attributes of `{"data":{"attributes":{…}}}` (01 section 6). A known name that holds an object or a list counts as absent.
 * `optional`: no body, or an object without `data`, gives no attributes. Throws a 400 for any other structure.
 */
export function readAttributes<K extends string>(body: unknown, names: readonly K[], structure: 'required' | 'optional'): Attributes<K> {
  if (structure === 'optional' && (body === undefined || (isObject(body) && !('data' in body)))) return {}
  const data = isObject(body) ? body['data'] : undefined
  const attributes = isObject(data) ? data['attributes'] : undefined
  if (!isObject(attributes) || Object.keys(attributes).length === 0) throw wrongStructure()
  const known = names.filter((name) => Object.hasOwn(attributes, name) && isValue(attributes[name]))
  if (structure === 'optional' && known.length === 0) throw wrongStructure()
  return Object.fromEntries(known.map((name) => [name, clean(attributes[name] as Value)])) as Attributes<K>
}

/** A text attribute: a number or a boolean is taken as its text, null and blanks only count as absent. */
export function textAttribute(value: Value | undefined): string | undefined {
  const text = String(value ?? '')
  return text.trim() === '' ? undefined : text
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isValue(value: unknown): value is Value {
  return value === null || typeof value !== 'object'
}

/** PostgreSQL holds no NUL and JavaScript holds lone surrogates; neither is in any value we know. */
function clean(value: Value): Value {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value
}
