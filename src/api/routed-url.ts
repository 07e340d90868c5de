import { isDecodable, withoutOrigin } from '../http/urls.ts'
import { endpoints } from './index.ts'
import { withoutSuffix } from './suffix.ts'

const csvPaths = new Set(
  endpoints.filter(({ format }) => format === 'csv').flatMap((endpoint) => endpoint.versions.map((version) => `/api/${version}${endpoint.path}`)),
)

/** What the router looks for: a URL that cannot be read is no one's, and meets the limits and the log of every unknown path. */
export function routedUrl(given: string, method: string): string {
  const url = withoutOrigin(given)
  const [path = ''] = url.split('?', 1)
  const reads = method === 'GET' || method === 'HEAD'
  return isDecodable(path) ? withoutSuffix(url, (path) => reads && csvPaths.has(path)) : '/unreadable'
}
