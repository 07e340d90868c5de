import type { Call } from '../gauge/load.ts'

export type Kind = 'first page' | 'late page' | '3,000 rows' | 'updated since' | 'show' | 'write'

/** Something that is asked of the service, and how the same is asked of what others would build. */
export type Asked = {
  /** the noun, such as `applications` */
  noun: string
  kind: Kind
  /** told apart where a noun has several of a kind */
  detail?: string
  /** sent round and round; of a write each once */
  calls: readonly Call[]
  /** of the same records, for Directus */
  directus?: readonly Call[]
}

export function nameOf({ noun, kind, detail }: Pick<Asked, 'noun' | 'kind' | 'detail'>): string {
  return detail === undefined ? `${noun}, ${kind}` : `${noun}, ${kind}: ${detail}`
}

export function get(path: string): Call {
  return { method: 'GET', path }
}
