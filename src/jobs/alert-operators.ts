import type { Work } from './work.ts'

/** Brings something that a person must look at to the operators' notice: an error line in the log, which is watched. */
export const alertOperators: Work<'alert operators'> = async ({ log }, facts) => {
  log.error({ alert: true, ...facts }, 'operators must look at this')
}
