import type { FastifyInstance, FastifyRequest } from 'fastify'
import { badRequest, structureDetail } from './problems.ts'

export const bodyLimit = 1024 * 1024
/** Members of objects and lists in one body, and how deep they may be nested; the largest request of ours has ten, three deep. */
export const mostMembers = 1000
export const deepest = 20

type Value = string | number | boolean | null
/** The known attributes of a request body; one that is absent is undefined. */
export type Attributes<K extends string> = Partial<Record<K, Value>>

/** Teaches the server to read JSON bodies and to pass over all others, as if no body had been sent. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addHook('onRequest', async ({ headers }) => {
    // the server refuses a type that is no type at all; to us it is an unknown one
    if (!mediaType.test(headers['content-type'] ?? 'none/none')) headers['content-type'] = 'unknown/unknown'
  })
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, async (request: FastifyRequest, bytes: Buffer) => {
    return isJson(request.headers['content-type']) ? parse(bytes) : undefined
  })
}

const mediaType = /^\s*[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(?:;|$)/

function isJson(contentType: string | undefined): boolean {
  return /^\s*(?:application\/(?:json|[^\s;/]+\+json)|text\/json)\s*(?:;|$)/i.test(contentType ?? '')
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  if (!isModest(bytes)) {
    throw badRequest(
      `The request body has more than ${mostMembers} members, or is nested more than ${deepest} deep. Send only the attributes that the action takes.`,
    )
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw badRequest(structureDetail)
  }
}

const signs = { quote: 0x22, comma: 0x2c, openList: 0x5b, backslash: 0x5c, closeList: 0x5d, openObject: 0x7b, closeObject: 0x7d }

/** Whether a JSON text has no more members, and is no deeper, than any request of ours needs: told from its bytes, before it is read. */
function isModest(bytes: Buffer): boolean {
  let members = 0
  let depth = 0
  for (let place = 0; place < bytes.length; place++) {
    const sign = bytes[place]
    if (sign === signs.quote) {
      // to the end of the text
      while (++place < bytes.length && bytes[place] !== signs.quote) if (bytes[place] === signs.backslash) place++
    } else if (sign === signs.comma) members++
    else if (sign === signs.openObject || sign === signs.openList) {
      members++
      depth++
    } else if (sign === signs.closeObject || sign === signs.closeList) depth--
    if (members > mostMembers || depth > deepest) return false
  }
  return true
}

/**
 * The known attributes of `{"data":{"attributes":{…}}}` (01 section 6). A known name that holds an object or a list counts as absent.
 * `optional`: no body, or an object without `data`, gives no attributes. Throws a 400 for any other structure.
 */
export function readAttributes<K extends string>(body: unknown, names: readonly K[], structure: 'required' | 'optional'): Attributes<K> {
  if (structure === 'optional' && (body === undefined || (isObject(body) && !('data' in body)))) return {}
  const data = isObject(body) ? body['data'] : undefined
  const attributes = isObject(data) ? data['attributes'] : undefined
  if (!isObject(attributes) || Object.keys(attributes).length === 0) throw badRequest(structureDetail)
  const known = names.filter((name) => Object.hasOwn(attributes, name) && isValue(attributes[name]))
  if (structure === 'optional' && known.length === 0) throw badRequest(structureDetail)
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
