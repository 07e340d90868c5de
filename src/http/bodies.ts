import type { FastifyInstance, FastifyRequest } from 'fastify'
import { badRequest, wrongStructure } from './problems.ts'

export const bodyLimit = 1024 * 1024
/** Members of objects and lists in one body, and how deep they may be nested; the largest request of ours has ten, three deep. */
export const mostMembers = 1000
export const deepest = 20

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
      'body_too_complex',
      `The request body has more than ${mostMembers} members, or is nested more than ${deepest} deep. Send only the attributes that the action takes.`,
    )
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw wrongStructure()
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
