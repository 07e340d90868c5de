import type { Transacting } from '../../db/connect.ts'
import type { Refusal, Verdict } from '../rules.ts'
import type { Application } from './application.ts'

/** A person has at most one accepted application for a course in a cohort. */
export const acceptedOnceRefusal: Refusal = {
  title: 'application',
  detail: 'The participant has an accepted application for this course in this cohort already, with you or with another provider.',
}

/** Turns the database's refusal of a second accepted application into the answer of the rule that it stands behind. */
export async function acceptedOnce(attempt: () => Promise<Verdict>, refusal = acceptedOnceRefusal): Promise<Verdict> {
  try {
    return await attempt()
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'applications_accepted_once') return { refusals: [refusal] }
    throw error
  }
}

/** Whether the person has another application for the course in the cohort that is accepted, not withdrawn and not moved in by a merge (00, decision 21). */
export async function acceptedElsewhere(
  trx: Transacting,
  application: Pick<Application, 'id' | 'user_id' | 'course_family'>,
  cohortId: number | null,
): Promise<boolean> {
  const other = await trx
    .selectFrom('applications')
    .select('id')
    .where('user_id', '=', application.user_id)
    .where('cohort_id', '=', cohortId)
    .where('course_family', '=', application.course_family)
    .where('lead_provider_approval_status', '=', 'accepted')
    .where('training_status', 'is distinct from', 'withdrawn')
    .where('merged_from_user_id', 'is', null)
    .where('id', '<>', application.id)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}
