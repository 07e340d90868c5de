import { NpqError } from './failure.ts'
import { resultOf, type Send } from './send.ts'

export type Query = Readonly<{
  filter?: Readonly<Record<string, string | undefined>>
  sort?: string
  page?: Readonly<{ page?: number; per_page?: number }>
}>

export type Page<Item> = Readonly<{
  data: readonly Item[]
  /** its number, from 1 */
  number: number
  /** when the API answered, by its own clock */
  date: Date
}>

/** The API counts more as this many. */
const mostPerPage = 3000

/** A list, read page by page as you go through it. What fails, after every repeat, is thrown as an `NpqError`. */
export class List<Item> implements AsyncIterable<Item> {
  readonly #send: Send
  readonly #path: string
  readonly #query: Query
  readonly #options: { signal?: AbortSignal | undefined; headers?: Readonly<Record<string, string>> }

  constructor(send: Send, path: string, query: Query = {}, options: { signal?: AbortSignal; headers?: Readonly<Record<string, string>> } = {}) {
    this.#send = send
    this.#path = path
    this.#query = query
    this.#options = options
  }

  /** Its pages, of 1,000 records unless the query says otherwise; the last one may be empty. */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    const { page: first = 1, per_page = 1000 } = this.#query.page ?? {}
    const perPage = Math.min(per_page, mostPerPage)
    for (let number = first; ; number++) {
      const path = addressOf(this.#path, { ...this.#query, page: { page: number, per_page: perPage } })
      const answer = await this.#send({ method: 'GET', path, repeatable: true, ...this.#options })
      const result = resultOf<Item[]>(answer)
      if (!result.ok) throw new NpqError(result.failure)
      yield { data: result.data, number, date: dateOf(answer.ok ? answer.headers : undefined) }
      if (result.data.length < perPage) return
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { data } of this.pages()) yield* data
  }

  /** Everything at once. */
  async all(): Promise<Item[]> {
    const items: Item[] = []
    for await (const { data } of this.pages()) items.push(...data)
    return items
  }
}

/** A path with a query as the API reads it: `filter[cohort]=2026`. */
export function addressOf(path: string, query: object): string {
  const written = new URLSearchParams()
  const write = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const [member, inner] of Object.entries(value)) write(`${name}[${member}]`, inner)
    else if (value !== undefined) written.set(name, String(value))
  }
  for (const [name, value] of Object.entries(query)) write(name, value)
  return written.size > 0 ? `${path}?${written}` : path
}

function dateOf(headers: Headers | undefined): Date {
  const stated = Date.parse(headers?.get('date') ?? '')
  return Number.isNaN(stated) ? new Date() : new Date(stated)
}
