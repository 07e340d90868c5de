import type { FastifyInstance } from 'fastify'
import type { Database } from '../../db/connect.ts'
import type { Replica } from '../../db/replica.ts'
import type { Metrics } from '../../http/metrics.ts'
import { memoryWrites, redisWrites } from './own-writes.ts'
import { primaryReads, type Reads, replicaReads } from './reads.ts'

type Settings = {
  db: Database
  replica: Replica | undefined
  redisUrl: string | undefined
  /** milliseconds that a replica which is read may be behind */
  replicaLag: number
  metrics: Metrics
}

/** What is read where: all from the database, or also from its replica, which other nodes tell of changes through Redis. */
export function makeReads(app: FastifyInstance, { db, replica, redisUrl, replicaLag, metrics }: Settings): Reads {
  if (!replica) return primaryReads(db)
  // longer than a replica that is read can be without a change
  const kept = 2 * replicaLag
  const writes = redisUrl ? redisWrites({ url: redisUrl, kept, onNew: replica.mistrust }) : memoryWrites()
  app.addHook('onClose', async () => writes.close())
  return replicaReads({
    db,
    replica,
    writes,
    decided: (database) => metrics.reads.inc({ database }),
    untold: (error) => app.log.error({ err: error }, 'the nodes could not be told of a change: a replica may be read without it'),
  })
}
