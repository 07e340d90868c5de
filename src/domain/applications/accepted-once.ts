import type { Refusal, Verdict } from '../rules.ts'

/** A person has at most one accepted application for a course in a cohort. */
export const acceptedOnceRefusal: Refusal = {
  code: 'course_accepted_elsewhere',
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
