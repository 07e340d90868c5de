import type { Kind } from './dataset.ts'
import { financeSteps } from './finance-steps.ts'
import { peopleSteps } from './people-steps.ts'
import { referenceSteps } from './reference-steps.ts'
import type { Step } from './step.ts'

/** How each kind is loaded. */
export const steps: Record<Kind, Step> = { ...referenceSteps, ...peopleSteps, ...financeSteps }
