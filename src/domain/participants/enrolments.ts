import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { TrainingStatus } from '../../words.ts'
import type { EnrolmentView } from './participant.ts'

type Wanted = { providerId: number; trainingStatus?: TrainingStatus | undefined }

/** The accepted applications of these people with one provider, in the order in which they were made. */
export async function enrolmentsOf(db: Database, { providerId, trainingStatus }: Wanted, userIds: number[]): Promise<Map<number, EnrolmentView[]>> {
  let query = db
    .selectFrom('applications')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('application_states')
          .select(['application_states.reason', 'application_states.created_at'])
          .whereRef('application_states.application_id', '=', 'applications.id')
          .whereRef('application_states.state', '=', 'applications.training_status')
          .where('application_states.lead_provider_id', '=', providerId)
          .where('applications.training_status', '<>', 'active')
          .orderBy('application_states.id', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select([
      'applications.user_id',
      'applications.public_id',
      'applications.eligible_for_funding',
      'applications.targeted_delivery_funding_eligibility',
      'applications.funded_place',
      'applications.accepted_at',
      'applications.updated_at',
      'applications.training_status',
      'users.email',
      'courses.identifier as course_identifier',
      'cohorts.start_year as cohort_start_year',
      'cohorts.suffix as cohort_suffix',
      'schedules.identifier as schedule_identifier',
      'schools.urn as school_urn',
      'latest.reason as state_reason',
      'latest.created_at as state_date',
    ])
    .where('applications.user_id', '=', sql<number>`any(${userIds}::bigint[])`)
    .where('applications.lead_provider_id', '=', providerId)
    .where('applications.lead_provider_approval_status', '=', 'accepted')
    .orderBy('applications.created_at')
    .orderBy('applications.id')
  if (trainingStatus) query = query.where('applications.training_status', '=', trainingStatus)
  return Map.groupBy(await query.execute(), ({ user_id }) => user_id)
}
