import type { FastifyInstance } from 'fastify'
import type { Database } from '../../db/connect.ts'
import { makeCursors } from './cursors.ts'
import { makeWaitingRoom } from './waiting.ts'

export type FeedSettings = Readonly<{
  db: Database
  tokenKey: string
  /** days for which a cursor is taken */
  changesKeptDays: number
  /** whether the process is about to end, and nobody may wait any more */
  stopping: () => boolean
}>

/** What following the feed needs beside the database. */
export type Feed = ReturnType<typeof makeFeed>

export function makeFeed(app: FastifyInstance, { db, tokenKey, changesKeptDays, stopping }: FeedSettings) {
  const room = makeWaitingRoom(db, stopping)
  app.addHook('onClose', () => room.close())
  return { cursors: makeCursors(tokenKey), room, keptDays: changesKeptDays }
}
