import type { Config } from '../config.ts'
import type { JobLog } from '../jobs/work.ts'
import type { SendMail } from '../jobs/worker.ts'

/**
 * How letters go out. Outside production nobody is written to: that a letter was due is noted, neither to whom nor what it said.
 * No mail service is connected in production yet, where letters wait.
 */
export function mailSender({ environment }: Pick<Config, 'environment'>, log: JobLog): SendMail | undefined {
  if (environment === 'production') return undefined
  return async ({ template }) => log.info({ template }, 'a letter was due; outside production none is sent')
}
