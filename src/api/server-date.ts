import type { FastifyInstance } from 'fastify'
import { standingAt } from '../clock.ts'
import type { Environment } from '../config.ts'
import { parseInstant } from '../dates.ts'
import { badRequest } from '../http/problems.ts'

/** Outside production a request may be judged as if it came at another moment, named by `X-With-Server-Date` (01 section 14). */
export function honourServerDate(api: FastifyInstance, environment: Environment): void {
  if (environment === 'production') return
  api.addHook('onRequest', async (request) => {
    const text = request.headers['x-with-server-date']
    if (text === undefined) return
    const moment = form.test(String(text)) ? parseInstant(String(text)) : undefined
    if (!moment)
      throw badRequest('server_date_malformed', 'The header X-With-Server-Date must be a date and time with a zone, such as 2026-11-02T09:00:00Z.')
    request.clock = standingAt(moment)
  })
}

const form = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)$/
