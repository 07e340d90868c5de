import type { CohortFunding } from '../../words.ts'
import { judge, type Refusal, type Rules, refuse } from '../rules.ts'
import type { Application } from './records.ts'

export type InvariantFacts = {
  /** the application as it would be stored */
  application: Pick<Application, 'lead_provider_approval_status' | 'funded_place' | 'eligible_for_funding' | 'cohort_id' | 'schedule_id'>
  cohort: { funding: CohortFunding } | null
  schedule: { cohort_id: number; course_group_id: number } | null
  course: { course_group_id: number }
}

/** What must hold of every application that is saved, whoever saves it (02 section 4). */
export const applicationInvariants: Rules<InvariantFacts> = [
  refuse(
    'schedule_of_another_cohort',
    ({ application, schedule }) => schedule !== null && schedule.cohort_id !== application.cohort_id,
    'schedule',
    'The schedule belongs to another cohort. Choose a schedule of the application’s own cohort.',
  ),
  [
    refuse(
      'funded_place_missing',
      ({ application, cohort }) => accepted(application) && cohort?.funding === 'capped' && application.funded_place === null,
      'funded_place',
      'Set #/funded_place to true or false: places in this cohort are limited.',
    ),
    refuse(
      'funded_place_not_applicable',
      ({ application, cohort }) => accepted(application) && cohort?.funding === 'full' && application.funded_place !== null,
      'funded_place',
      'The application holds a #/funded_place although places in its cohort are not limited. Get in touch with us to have it cleared.',
    ),
  ],
  refuse(
    'funded_place_in_unfunded_cohort',
    ({ application, cohort }) => cohort?.funding === 'zero' && application.funded_place !== false,
    'funded_place',
    'The #/funded_place must be false: this cohort has no funding.',
  ),
  [
    refuse(
      'not_eligible_for_funding',
      ({ application, cohort }) => cohort?.funding === 'capped' && application.funded_place === true && !application.eligible_for_funding,
      'funded_place',
      'The participant is not eligible for funding, so #/funded_place cannot be true.',
    ),
  ],
  [
    refuse(
      'schedule_of_another_course',
      ({ application, schedule, course }) => accepted(application) && schedule !== null && schedule.course_group_id !== course.course_group_id,
      'schedule',
      'The schedule is not one for this course. Choose a schedule of the course’s own group.',
    ),
  ],
]

export function brokenInvariants(facts: InvariantFacts): Refusal[] {
  return judge(applicationInvariants, facts)
}

function accepted(application: InvariantFacts['application']): boolean {
  return application.lead_provider_approval_status === 'accepted'
}
