import { Type } from 'typebox'
import { beginning, changesAfter, newestPosition, type Position } from '../../domain/feed/records.ts'
import { badRequest } from '../../http/problems.ts'
import type { Call, Endpoint, JsonEndpoint, Named } from '../endpoint.ts'
import { type Given, nested } from '../query.ts'
import { Text } from '../representation.ts'
import { reference } from '../schemas.ts'
import { type Version, versionsWith } from '../versions.ts'
import { cursorExpired, cursorUnknown } from './cursors.ts'
import { change, exampleCursor } from './representation.ts'

const standardLimit = 100
const mostAtOnce = 1000
const longestWait = 30

const follow: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/changes',
  versions: versionsWith({ v1: false, v2: false, v3: true }),
  tag: 'Changes',
  operationId: 'listChanges',
  summary: 'Follow what changes',
  description:
    'What changed of everything that you can see, oldest first, whoever changed it. Keep the cursor of each answer, and ask for what came after it. No change is left out, and each comes once. What is imported is not among them.',
  // who is told of a change must be shown it from then on
  newest: true,
  holds: true,
  parameters: () => [
    {
      name: 'after',
      description: 'A cursor: only what came after it. Without one, everything that is kept. `now` gives no changes, and a cursor to begin with.',
      schema: { type: 'string' },
      example: 'now',
    },
    {
      name: 'limit',
      description: `How many at most; more than ${mostAtOnce} counts as ${mostAtOnce}.`,
      schema: { type: 'integer', minimum: 1, default: standardLimit },
      example: standardLimit,
    },
    {
      name: 'wait',
      description: 'For how many seconds the answer is held, where there is nothing to tell yet.',
      schema: { type: 'integer', minimum: 0, maximum: longestWait, default: 0 },
      example: 0,
    },
  ],
  answer: changesOf,
  problems: () => [cursorUnknown(), cursorExpired()],
  async handle(call) {
    const { version, provider, query, feed } = call
    const limit = Math.min(readWhole(query.plain('limit'), 'limit', 1) ?? standardLimit, mostAtOnce)
    const wait = readWhole(query.plain('wait'), 'wait', 0, longestWait) ?? 0
    const after = textOf(query.plain('after'))
    const { position, changes } = await read(call, after, limit, wait)
    const at = Temporal.Now.instant()
    const cursorOf = (position: Position) => feed.cursors.write(provider.id, { position, at })
    const views = changes.map((row) => ({ ...row, providerId: provider.id, cursor: cursorOf({ ...position, ...place(row) }) }))
    const { data } = change.many(version, views)
    return { data, meta: { cursor: views.at(-1)?.cursor ?? cursorOf(position) } }
  },
}

export const feedEndpoints: readonly Endpoint[] = [follow]

/** What is told, and the position that it was asked from. */
async function read({ db, provider, token, signal, feed }: Call, after: string | undefined, limit: number, wait: number) {
  if (after === 'now') return { position: await newestPosition(db, provider.id), changes: [] }
  const given = after === undefined ? undefined : feed.cursors.read(provider.id, after)
  const kept = Temporal.Now.instant().subtract({ hours: 24 * feed.keptDays })
  if (given && Temporal.Instant.compare(given.at, kept) < 0) throw cursorExpired()
  const first = await changesAfter(db, provider.id, given?.position, limit)
  // a position on another server, or one that this server has not come to (again)
  if (given && (given.position.system !== first.system || BigInt(given.position.transaction) >= BigInt(first.horizon))) throw cursorExpired()
  const position = given?.position ?? { system: first.system, ...beginning }
  if (first.changes.length > 0 || wait === 0) return { position, changes: first.changes }
  await feed.room.wait({ providerId: provider.id, after: position, token, milliseconds: wait * 1000, signal })
  return { position, changes: signal.aborted ? [] : (await changesAfter(db, provider.id, position, limit)).changes }
}

function place({ transaction, id }: { transaction: string; id: number }) {
  return { transaction, id }
}

function changesOf(version: Version): Named {
  const meta = Type.Object({ cursor: { ...Text, description: 'Ask for what comes after it next time.', examples: [exampleCursor()] } })
  return {
    name: 'ChangesResponse',
    schema: Type.Object({ data: Type.Array(reference('Change')), meta }),
    uses: [{ name: 'Change', schema: change.schema(version) }],
  }
}

function textOf(given: Given): string | undefined {
  if (given === nested) throw cursorUnknown()
  return given
}

/** A whole number; undefined where none is given. Throws a 400. */
function readWhole(given: Given, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  if (given === undefined) return undefined
  const number = given !== nested && /^\d{1,15}$/.test(given) ? Number(given) : -1
  if (number >= least && number <= most) return number
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`
  throw badRequest(`${name}_malformed`, `The parameter ${name} must be a whole number ${range}.`)
}
