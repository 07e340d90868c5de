import { NpqError } from './failure.ts'
import { Feed, type FeedQuery } from './feed.ts'
import { addressOf, List, type Query } from './list.ts'
import { requests as ofSandbox, type Sandbox } from './sandbox.ts'
import { type CallOptions, type Connection, makeSend, type Request, type Result, resultOf, type Send, textOf, type WriteOptions } from './send.ts'
import { requests as ofV1, type V1 } from './v1.ts'
import { requests as ofV2, type V2 } from './v2.ts'
import { requests as ofV3, type V3 } from './v3.ts'

export { type Failure, NpqError, type Reason, wordsOf } from './failure.ts'
export type { Batch, Feed } from './feed.ts'
export type { List, Page } from './list.ts'
export type * as sandbox from './sandbox.ts'
export type { CallOptions, Connection, Result, WriteOptions } from './send.ts'
export { type Changed, sync } from './sync.ts'
export type * as v1 from './v1.ts'
export type * as v2 from './v2.ts'
export type * as v3 from './v3.ts'

/** What each version offers, and what the sandbox has beside them. */
export interface Clients {
  v1: V1
  v2: V2
  v3: V3
  sandbox: Sandbox
}

/** One request of the API, as the documents have it. */
export type Described = Readonly<{
  method: 'GET' | 'POST' | 'PUT'
  path: string
  /** `records` are all there are, in one answer */
  gives: 'list' | 'feed' | 'record' | 'records' | 'csv'
  /** the type of the data that it takes */
  takes?: string
  /** `none` where an Idempotency-Key is passed over, so that a repeat would be carried out again */
  key?: 'none'
}>

const requests: Record<keyof Clients, Readonly<Record<string, Described>>> = { v1: ofV1, v2: ofV2, v3: ofV3, sandbox: ofSandbox }

/** A client of one version, or of the sandbox’s own API: a function for each of its requests, by the names of its OpenAPI document. */
export function connect<Version extends keyof Clients>(connection: Connection & { version: Version }): Clients[Version] {
  const send = makeSend(connection)
  const calls = Object.entries(requests[connection.version]).map(([name, described]) => [name, callOf(send, described)])
  return Object.fromEntries(calls) as Clients[Version]
}

/** The data of a result; throws an `NpqError` where there is none. */
export async function orThrow<Data>(pending: Promise<Result<Data, string, unknown>> | Result<Data, string, unknown>): Promise<Data> {
  const result = await pending
  if (!result.ok) throw new NpqError(result.failure)
  return result.data
}

/** A function that takes, in this order and as far as the request has them: the id or name, the query or the attributes, the options. */
function callOf(send: Send, { method, path, gives, takes, key }: Described) {
  return (...given: unknown[]) => {
    const rest = [...given]
    const address = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(rest.shift())))
    if (method !== 'GET') {
      const attributes = takes === undefined ? undefined : rest.shift()
      const body = attributes === undefined ? undefined : { data: { type: takes, attributes } }
      const options = rest.shift() as WriteOptions | undefined
      return write(send, { method, path: address, body }, key === 'none' ? { ...options, key: false } : options)
    }
    const query = gives === 'record' || gives === 'records' ? {} : ((rest.shift() ?? {}) as Query & FeedQuery)
    const options = (rest.shift() ?? {}) as CallOptions
    if (gives === 'list') return new List(send, address, query, options)
    if (gives === 'feed') return new Feed(send, address, query, options)
    const sent = send({ method, path: addressOf(address, query), repeatable: true, ...options })
    return sent.then(gives === 'csv' ? textOf : resultOf)
  }
}

async function write(send: Send, { method, path, body }: Pick<Request, 'method' | 'path' | 'body'>, options: WriteOptions = {}) {
  const { dryRun = false, key = crypto.randomUUID(), headers = {}, signal } = options
  // what changes nothing needs no key
  if (dryRun) return resultOf(await send({ method, path: addressOf(path, { dry_run: true }), body, repeatable: true, headers, signal }))
  const keyed = { ...headers, ...(key !== false && { 'idempotency-key': key }) }
  return resultOf(await send({ method, path, body, repeatable: key !== false, headers: keyed, signal }))
}
