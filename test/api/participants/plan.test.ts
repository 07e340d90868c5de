import { type CompiledQuery, type RootOperationNode, sql } from 'kysely'
import { expect, test } from 'vitest'
import { listParticipants } from '../../../src/domain/participants/records.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'

test.runIf(onPostgres)('a list of the participants that changed lately is found by an index', async () => {
  const db = await database()
  const provider = await make.provider(db)
  await sql`insert into users (full_name, email) select 'Person ' || n, 'person.' || n || '@school.example' from generate_series(1, 20000) n`.execute(
    db,
  )
  await sql`insert into applications (user_id, course_id, lead_provider_id, cohort_id, lead_provider_approval_status, training_status, created_at, updated_at)
    select id, 1, ${provider.id}, 1, 'accepted', 'active', at, at from users, lateral (select timestamptz '2026-01-01' + users.id * interval '20 minutes' as at) t`.execute(
    db,
  )
  await sql`update users set updated_at = applications.updated_at, significantly_updated_at = applications.updated_at
    from applications where applications.user_id = users.id`.execute(db)
  await sql`vacuum analyze participations`.execute(db)

  const asked: CompiledQuery[] = []
  const watched = db.withPlugin({
    transformQuery({ node, queryId }) {
      asked.push(db.getExecutor().compileQuery(node as RootOperationNode, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const updatedSince = Temporal.Instant.from('2026-10-05T00:00Z')
  await listParticipants(watched, { providerId: provider.id, updatedSince }, { limit: 100, offset: 0 })
  const [page] = asked
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>({ ...(page as CompiledQuery), sql: `explain ${page?.sql}` })
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toMatch(/Index (Only )?Scan (Backward )?using participations_list_by_change/)
  expect(plan).not.toContain('Seq Scan on participations')
})
