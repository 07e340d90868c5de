import { connect } from '../../src/db/connect.ts'
import { declare } from '../../src/domain/declarations/declare.ts'
import { voidDeclaration } from '../../src/domain/declarations/void.ts'

// A program of its own that declares for every participant it finds, voids what it declared and declares it again, until it is killed.

const { db } = await connect({ databaseUrl: process.argv[2], dataDirectory: '', poolSize: 4 })
const participants = await db
  .selectFrom('applications')
  .innerJoin('users', 'users.id', 'applications.user_id')
  .select(['users.public_id', 'applications.lead_provider_id'])
  .execute()
process.stdout.write('started\n')
for (;;) await Promise.all(participants.map(declareAndVoid))

async function declareAndVoid({ public_id, lead_provider_id: providerId }: { public_id: string; lead_provider_id: number }) {
  const act = { now: Temporal.Instant.from('2026-11-02T09:00:00Z'), author: 'Command test', providerId }
  const { declarationId } = await declare(db, {
    ...act,
    participantId: public_id,
    declarationType: 'started',
    declarationDate: '2023-11-01T10:00:00Z',
    courseIdentifier: 'npq-headship',
    hasPassed: undefined,
    deliveryPartnerId: undefined,
    secondaryDeliveryPartnerId: undefined,
    asksForPartner: true,
  })
  const standing =
    declarationId ?? (await db.selectFrom('declarations').select('public_id').where('state', '=', 'eligible').executeTakeFirst())?.public_id
  if (standing) await voidDeclaration(db, { ...act, declarationId: standing })
}
