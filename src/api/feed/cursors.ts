import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Position } from '../../domain/feed/records.ts'
import { badRequest, Problem } from '../../http/problems.ts'

/** A position that a provider was told, and when. */
export type Place = Readonly<{ position: Position; at: Temporal.Instant }>

const size = { position: 24, time: 8, seal: 16 }

/** Makes and reads the texts that stand for places. None is read that was not made for the same provider with the same key. */
export function makeCursors(key: string) {
  const sealOf = (providerId: number, bytes: Buffer) =>
    createHmac('sha256', key).update(`npq cursor\0${providerId}\0`).update(bytes).digest().subarray(0, size.seal)

  return {
    write(providerId: number, { position: { system, transaction, id }, at }: Place): string {
      const bytes = Buffer.alloc(size.position + size.time)
      for (const [place, number] of [BigInt(system), BigInt(transaction), BigInt(id), BigInt(at.epochMilliseconds)].entries()) {
        bytes.writeBigInt64BE(number, place * 8)
      }
      return Buffer.concat([bytes, sealOf(providerId, bytes)]).toString('base64url')
    },
    /** Throws a 400. */
    read(providerId: number, text: string): Place {
      const sent = /^[\w-]+$/.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0)
      const bytes = sent.subarray(0, -size.seal)
      if (sent.length !== size.position + size.time + size.seal || !timingSafeEqual(sent.subarray(-size.seal), sealOf(providerId, bytes)))
        throw cursorUnknown()
      const [system, transaction, id, at] = [0, 8, 16, 24].map((place) => bytes.readBigInt64BE(place)) as [bigint, bigint, bigint, bigint]
      const position = { system: String(system), transaction: String(transaction), id: Number(id) }
      return { position, at: Temporal.Instant.fromEpochMilliseconds(Number(at)) }
    },
  }
}

export type Cursors = ReturnType<typeof makeCursors>

export function cursorUnknown(): Problem {
  return badRequest(
    'cursor_unknown',
    'The parameter after is no cursor that you were given. Send the cursor of your last answer as it was, or after=now for one to begin with.',
  )
}
/** What came after a place is not there any more, or not on this server. */
export function cursorExpired(): Problem {
  const detail =
    'What changed after this cursor is not kept any more. Ask for after=now and keep the cursor that you get, read all lists anew, then go on from that cursor.'
  return new Problem(410, { errors: [{ title: 'Cursor has expired', detail, code: 'cursor_expired' }] })
}
