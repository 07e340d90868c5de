import type { FastifyRequest } from 'fastify'

/**
 * The path of a request as the router reads it, or its route's pattern where one matches: another spelling of a path
 * (an escaped letter, a full URL) is no way round what depends on it.
 */
export function pathOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? decodedPath(request.originalUrl)
}

/** The path of a URL: decoded, without origin and query. */
export function decodedPath(url: string): string {
  const path = withoutOrigin(url).split(/[?#]/, 1)[0] ?? ''
  return isDecodable(path) ? decodeURI(path) : path
}

/** A request may give its URL in full. */
export function withoutOrigin(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/i, '')
}

/** Whether all escapes of a URL are complete and make UTF-8. */
export function isDecodable(url: string): boolean {
  try {
    decodeURI(url)
    return true
  } catch {
    return false
  }
}
