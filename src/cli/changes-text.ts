import type { Change } from '../domain/changes.ts'

const mostRecords = 20
const mostCharacters = 200
/** Columns that say nothing to a person about what was changed. */
const silent: ReadonlySet<string> = new Set(['id', 'public_id', 'created_at', 'updated_at'])

/** Records that commands name by their number, though they have a public id. */
const namedByNumber: ReadonlySet<string> = new Set(['ApiToken'])

/** What a command changes, record by record: the old value of each column and the new one. */
export function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'No record changes.'
  const shown = changes.slice(0, mostRecords).map(recordText)
  return [...shown, ...(changes.length > mostRecords ? [`and ${changes.length - mostRecords} more records`] : [])].join('\n')
}

/** Whether two runs found the same records in the same state. */
export function startAlike(one: readonly Change[], other: readonly Change[]): boolean {
  return JSON.stringify(one.map(start)) === JSON.stringify(other.map(start))
}

function start({ kind, id, event, columns }: Change) {
  return event === 'create' ? kind : [kind, id, event, telling(columns).map(([column, [old]]) => [column, old])]
}

function recordText({ kind, id, event, before, columns }: Change): string {
  if (event === 'create') {
    const values = telling(columns).filter(([column, [, value]]) => value !== null && !column.endsWith('_id'))
    return [`New ${words(kind)}`, ...values.map(([column, [, value]]) => `  ${column}: ${text(value)}`)].join('\n')
  }
  const name = [before?.['full_name'], before?.['label'], before?.['name'], before?.['description']].find((each) => typeof each === 'string')
  const known = namedByNumber.has(kind) ? id : (before?.['public_id'] ?? id)
  const heading = `${words(kind)} ${known}${name === undefined ? '' : ` (${name})`}${event === 'destroy' ? ', taken away' : ''}`
  return [heading, ...telling(columns).map(([column, [old, value]]) => `  ${column}: ${text(old)} → ${text(value)}`)].join('\n')
}

function telling(columns: Change['columns']) {
  return Object.entries(columns).filter(([column]) => !silent.has(column))
}

/** `ApiToken` as `Api token`. */
function words(kind: string): string {
  return kind.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function text(value: unknown): string {
  const written = value === null || value === '' ? '-' : typeof value === 'string' ? value : JSON.stringify(value)
  return written.length > mostCharacters ? `${written.slice(0, mostCharacters)}…` : written
}
