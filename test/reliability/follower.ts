import { setTimeout as pause } from 'node:timers/promises'

type Resource = { id: string; type: string; attributes: Record<string, unknown> }
type Change = { attributes: { resource_type: string; resource_id: string; kind: string } }
export type Mirror = Map<string, string>

const paths: Record<string, string> = {
  npq_application: 'npq-applications',
  'npq-participant': 'participants/npq',
  'participant-declaration': 'participant-declarations',
  statement: 'statements',
  'delivery-partner': 'delivery-partners',
}

/** Asks until there is an answer that says something of the world: not that the service or the way to it is down. */
async function get(url: () => string, path: string, token: string): Promise<{ status: number; json: unknown }> {
  for (;;) {
    const answer = await fetch(`${url()}/api/v3/${path}`, { headers: { authorization: `Bearer ${token}` } })
      .then(async (response) => ({ status: response.status, json: (await response.json()) as unknown }))
      .catch(() => undefined)
    if (answer && answer.status !== 503 && answer.status !== 429) return answer
    await pause(50)
  }
}

/** All that a provider is shown, by type and id. */
export async function stateOf(url: () => string, token: string): Promise<Mirror> {
  const mirror: Mirror = new Map()
  for (const list of Object.values(paths)) {
    for (let page = 1, more = true; more; page++) {
      const { json } = await get(url, `${list}?page[page]=${page}&page[per_page]=1000`, token)
      const { data } = json as { data: Resource[] }
      for (const resource of data) mirror.set(`${resource.type} ${resource.id}`, JSON.stringify(resource.attributes))
      more = data.length === 1000
    }
  }
  return mirror
}

/** Follows the feed from now on, and does again what it had not finished when it was interrupted, which it is by chance. */
export async function follow(url: () => string, token: string) {
  const cursorOf = (json: unknown) => (json as { meta: { cursor: string } }).meta.cursor
  let cursor = cursorOf((await get(url, 'changes?after=now', token)).json)
  const mirror = await stateOf(url, token)
  const counts = { changes: 0, interruptions: 0, faults: [] as string[] }
  let stopping = false

  /** One look at the feed: true where it told nothing. */
  async function step(wait: number): Promise<boolean> {
    const { status, json } = await get(url, `changes?after=${cursor}&limit=50&wait=${wait}`, token)
    if (status !== 200) {
      counts.faults.push(`the feed answered ${status}: ${JSON.stringify(json)}`)
      return true
    }
    const { data } = json as { data: Change[] }
    const interrupted = Math.random() < 0.1 ? Math.floor(data.length / 2) : data.length
    const seen = new Set<string>()
    for (const { attributes } of data.slice(0, interrupted)) {
      const { resource_type: type, resource_id: id, kind } = attributes
      const key = `${type} ${id}`
      const path = paths[type]
      if (seen.has(key) && kind !== 'removed') continue
      seen.add(key)
      if (kind === 'removed') mirror.delete(key)
      else if (path) {
        const found = await get(url, `${path}/${id}`, token)
        if (found.status === 200) mirror.set(key, JSON.stringify((found.json as { data: Resource }).data.attributes))
        else mirror.delete(key)
      }
    }
    if (interrupted < data.length) {
      counts.interruptions++
      return false
    }
    counts.changes += data.length
    cursor = cursorOf(json)
    return data.length === 0
  }

  const following = (async () => {
    while (!stopping) await step(5)
    while (!(await step(0)));
  })()
  return {
    mirror,
    counts,
    /** follows to the end */
    async stop() {
      stopping = true
      await following
    },
  }
}
