import type { FastifyInstance } from 'fastify'
import { ask } from './app.ts'

export type Shown = { id: string; type: string; attributes: Record<string, unknown> }
export type State = Map<string, Shown>
export type ChangeShown = Shown & {
  attributes: {
    cursor: string
    resource_type: string
    resource_id: string
    kind: 'created' | 'updated' | 'removed'
    changed_attributes: string[]
    changed_at: string
    changed_by: string
  }
}

const lists = ['npq-applications', 'participants/npq', 'participant-declarations', 'participants/npq/outcomes', 'statements', 'delivery-partners']

/** Everything that a provider is shown by the lists of version 3, by type and id. */
export async function stateOf(app: FastifyInstance, token: string): Promise<State> {
  const answers = await Promise.all(lists.map((list) => ask(app, `/api/v3/${list}?page[per_page]=3000`, { token })))
  const resources = answers.flatMap((answer): Shown[] => answer.json().data)
  return new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource]))
}

/** What came after a cursor, and the next one. */
export async function changesAfter(
  app: FastifyInstance,
  token: string,
  cursor?: string,
  more = '',
): Promise<{ changes: ChangeShown[]; cursor: string }> {
  const answer = await ask(app, `/api/v3/changes?limit=1000${more}${cursor === undefined ? '' : `&after=${cursor}`}`, { token })
  if (answer.statusCode !== 200) throw new Error(`the feed answered ${answer.statusCode}: ${answer.body}`)
  return { changes: answer.json().data, cursor: answer.json().meta.cursor }
}
