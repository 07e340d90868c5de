import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'

/** So many TRNs that nobody has: from a block that no real teacher and nobody in the sandbox's own data has. */
export async function takeTrns(db: Database, count: number): Promise<string[]> {
  const { rows } = await sql<{ trn: string }>`select nextval('sandbox_trns')::text as trn from generate_series(1, ${count})`.execute(db)
  return rows.map(({ trn }) => trn)
}

/** Whether somebody has applied to a provider. */
export async function hasApplied(db: Database, providerId: number, participantId: string): Promise<boolean> {
  const applied = db
    .selectFrom('applications')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .select('applications.id')
    .where('users.public_id', '=', participantId)
    .where('lead_provider_id', '=', providerId)
  return (await applied.limit(1).executeTakeFirst()) !== undefined
}

/** The cohorts, the newest first. */
export function newestCohorts(db: Database) {
  return db
    .selectFrom('cohorts')
    .select(['identifier', 'funding', 'start_year', 'registration_start_date'])
    .orderBy('start_year', 'desc')
    .orderBy('suffix', 'desc')
    .execute()
}

/** A place to work of each kind; undefined where the sandbox has none. */
export async function findWorkplaces(db: Database) {
  const school = await db
    .selectFrom('schools')
    .select(['urn', 'ukprn', 'phase_name', 'number_of_pupils'])
    .where('establishment_type_code', 'in', ['1', '2', '28', '34'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const nursery = await db
    .selectFrom('private_childcare_providers')
    .select('provider_urn')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return { school, nursery }
}
