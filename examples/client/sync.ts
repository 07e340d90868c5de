import type { components, paths } from './types.ts'

type Application = components['schemas']['Application']
type Page = paths['/api/v3/npq-applications']['get']['responses'][200]['content']['application/json']

/** What is kept between two runs: when the last two polls began, and every application by its id. */
export type Copy = { polls: string[]; applications: Record<string, Application> }

export type Connection = {
  /** where the API is, such as https://sandbox.register-npq.education.gov.uk */
  base: string
  token: string
  fetch?: typeof fetch
  wait?: (milliseconds: number) => Promise<unknown>
}

export const empty: Copy = { polls: [], applications: {} }

const perPage = 300
const pause = 100
const attempts = 5

/**
 * Brings a copy up to date. It asks for what changed since the poll before the last, so that
 * nothing is missed that changed while the last poll was reading. The first two runs read everything.
 */
export async function sync(copy: Copy, connection: Connection, now = new Date()): Promise<Copy> {
  const since = copy.polls.length < 2 ? undefined : copy.polls[0]
  const applications = { ...copy.applications }
  for (let page = 1; ; page++) {
    const { data } = await get<Page>(connection, '/api/v3/npq-applications', {
      'page[page]': String(page),
      'page[per_page]': String(perPage),
      ...(since && { 'filter[updated_since]': since }),
    })
    if (data.length === 0) break
    for (const application of data) applications[application.id] = application
  }
  return { polls: [...copy.polls, now.toISOString()].slice(-2), applications }
}

/** One GET. It waits for as long as the API says when there were too many requests, and longer each time when the API is out of order. */
async function get<T>(connection: Connection, path: string, query: Record<string, string>): Promise<T> {
  const { base, token, fetch: send = fetch, wait = sleep } = connection
  for (let attempt = 1; ; attempt++) {
    await wait(pause)
    const response = await send(`${base}${path}?${new URLSearchParams(query)}`, { headers: { authorization: `Bearer ${token}` } })
    if (response.ok) return (await response.json()) as T
    const retryable = response.status === 429 || response.status >= 500
    if (!retryable || attempt === attempts) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    await wait(1000 * Number(response.headers.get('retry-after') ?? 2 ** attempt))
  }
}

function sleep(milliseconds: number) {
  return new Promise((done) => setTimeout(done, milliseconds))
}
