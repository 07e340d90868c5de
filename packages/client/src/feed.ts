import { NpqError } from './failure.ts'
import { addressOf } from './list.ts'
import { type CallOptions, resultOf, type Send } from './send.ts'

export type FeedQuery = Readonly<{
  /** the cursor that was stored last, or `now`; everything that is kept where there is none */
  after?: string
  limit?: number
  /** for how many seconds the API holds an answer without changes; with it the feed has no end */
  wait?: number
}>

/** What changed, and the cursor to store once it is stored. */
export type Batch<Item> = Readonly<{ data: readonly Item[]; cursor: string }>

/**
 * What changed after a cursor, batch by batch, oldest first. Store what a batch tells and then its cursor: after a restart the feed goes
 * on from there. Without `wait` it ends when there is nothing more, with an empty batch; with `wait` it goes on until you leave the loop
 * or the signal ends it. What fails, after every repeat, is thrown as an `NpqError`: of the kind `expired` where the cursor is too old.
 */
export class Feed<Item> implements AsyncIterable<Batch<Item>> {
  readonly #send: Send
  readonly #path: string
  readonly #query: FeedQuery
  readonly #options: CallOptions

  constructor(send: Send, path: string, query: FeedQuery = {}, options: CallOptions = {}) {
    this.#send = send
    this.#path = path
    this.#query = query
    this.#options = options
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<Item>, void, undefined> {
    const { wait = 0 } = this.#query
    let { after } = this.#query
    for (;;) {
      const path = addressOf(this.#path, { ...this.#query, after })
      const answer = await this.#send({ method: 'GET', path, repeatable: true, held: 1000 * wait, ...this.#options })
      const result = resultOf<Item[], { cursor: string }>(answer)
      if (!result.ok) throw new NpqError(result.failure)
      const { data, meta } = result
      if (meta === undefined)
        throw new NpqError({ kind: 'unexpected', status: 200, requestId: result.requestId, text: 'An answer without a cursor.' })
      yield { data, cursor: meta.cursor }
      if (data.length === 0 && wait === 0) return
      after = meta.cursor
    }
  }
}
