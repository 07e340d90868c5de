import type { FastifyRequest } from 'fastify'
import { isUnavailable } from './overload.ts'
import { badRequest, internalError, notFound, Problem, settled, tooLarge, unavailable, wrongStructure } from './problems.ts'

export type Failure = Error & { code?: string; constraint?: string; statusCode?: number }

/** What a failure is answered with; one that no caller brought about is logged. */
export function problemOf(error: Failure, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge()
  if (error.code === 'FST_ERR_BAD_URL') return notFound()
  if (error.code?.startsWith('FST_ERR_CTP') || (error.statusCode !== undefined && error.statusCode < 500)) return wrongStructure()
  // a check that no constraint stands for is a trigger's
  const forbidden = error.code === '23514' && error.constraint === undefined
  // class 23: the database refused a row that no rule had refused, so a rule is missing
  const alert = !forbidden && error.code?.startsWith('23') === true
  request.log.error({ err: error, ...(alert && { alert }) }, 'the request failed')
  if (isUnavailable(error)) return unavailable()
  return forbidden ? settled() : internalError()
}

/** Of several Host headers the server keeps the first; something between us and the caller may have gone by another. */
export function refuseTwoHosts({ raw: { rawHeaders } }: FastifyRequest): void {
  const hosts = rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts > 1) throw badRequest('host_repeated', 'The request has more than one Host header. Send exactly one.')
}
