import type { Cohort, Provider } from './facts.ts'
import type { World } from './world.ts'

/** One provider's part of the world: what its stories are told with. */
export type Stage = { world: World; provider: Provider; cohorts: Cohort[]; oldest: Cohort; newest: Cohort }
