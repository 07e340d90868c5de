import type { Config } from '../config.ts'
import type { Service } from '../domain/job-kinds.ts'
import type { JobLog, SendMail } from '../jobs/work.ts'

/** The services that jobs may use here. No mail service is connected in production yet, where letters wait. */
export function connectedServices({ environment }: Pick<Config, 'environment'>): Service[] {
  return environment === 'production' ? [] : ['mail service']
}

/** How letters go out. Outside production nobody is written to: that a letter was due is noted, neither to whom nor what it said. */
export function mailSender(config: Pick<Config, 'environment'>, log: JobLog): SendMail | undefined {
  if (!connectedServices(config).includes('mail service')) return undefined
  return async ({ template }) => log.info({ template }, 'a letter was due; outside production none is sent')
}
