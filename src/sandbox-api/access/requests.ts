import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'

const shown = 100

export type RequestView = Awaited<ReturnType<typeof lastRequests>>[number]

/** What a provider last asked of the API, the newest first, and how it was answered; never what was sent or shown. */
export function lastRequests(db: Database, providerId: number) {
  return db
    .selectFrom('api_request_audits')
    .select(['request_id', 'request_method', 'request_path', 'status_code', 'duration_ms', 'created_at'])
    .select(sql<string[]>`jsonb_path_query_array(response_body, '$.errors[*].code')`.as('codes'))
    .where('lead_provider_id', '=', providerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(shown)
    .execute()
}
