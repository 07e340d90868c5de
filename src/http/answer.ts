import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from './problems.ts'
import { decodedPath } from './urls.ts'

/** Answers a problem: as a page where people read, as data where programs do. */
export function answerProblem(problem: Problem, errorPage: (status: number) => string, request: FastifyRequest, reply: FastifyReply) {
  reply.code(problem.status).headers({ 'cache-control': 'no-store', 'x-request-id': request.id, ...problem.headers })
  const csv = wantsCsv(request)
  if (isPage(decodedPath(request.originalUrl)) && problem.status !== 429 && !csv) {
    return reply.type('text/html; charset=utf-8').send(errorPage(problem.status))
  }
  const data = problemAsData(problem, csv)
  return data ? reply.type(data.type).send(data.text) : reply.removeHeader('content-type').send()
}

/** How a problem reads as data: its JSON, or an empty text in the place of a CSV file; nothing where it has no body. */
export function problemAsData({ status, body }: Problem, csv: boolean): { type: string; text: string } | undefined {
  if (body === undefined) return undefined
  if (csv && [404, 422, 500].includes(status)) return { type: 'text/plain', text: '' }
  return { type: 'application/json', text: JSON.stringify(body) }
}

/** What people read in a browser: everything but the API's own paths. */
function isPage(path: string): boolean {
  return !/^\/api(\/|$)/.test(path) || /^\/api\/(guidance|docs)(\/|$)/.test(path)
}

/** Whether a path names a CSV file: one that there is, or one that there is not. Where the answer is JSON alone the suffix means nothing. */
function wantsCsv({ is404, originalUrl, routeOptions }: FastifyRequest): boolean {
  return /\.csv\/?$/i.test(is404 ? decodedPath(originalUrl) : (routeOptions.url ?? ''))
}
