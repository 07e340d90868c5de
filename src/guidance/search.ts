import { type ApiDocument, operationsOf, tagPage } from './document.ts'
import { parametersOf, rowsOf } from './fields.ts'
import type { Page } from './pages.ts'
import { resourceFields } from './reference.ts'

/** Something that can be found, and the page on which it is. */
export type Entry = Readonly<{ kind: 'Request' | 'Field' | 'Error' | 'Guidance'; title: string; of?: string; href: string; about: string }>

/** How many are shown at most. */
export const most = 30

/** All that the site tells of: requests, fields, codes of errors and sections of pages. What only earlier versions have leads there. */
export function searchIndex(documents: readonly ApiDocument[], beside: readonly ApiDocument[], pages: ReadonlyMap<string, Page>): Entry[] {
  const entries = [...[...documents].reverse(), ...beside].flatMap((document) => [
    ...requests(document),
    ...parameters(document),
    ...fields(documents.includes(document) ? documents : [document], document),
    ...errors(document),
  ])
  return distinct([...entries, ...sections(pages)])
}

/** What holds every word that was asked for, best first: words of a title count before words of a text. */
export function search(index: readonly Entry[], question: string): Entry[] {
  const words = plain(question)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return []
  return index
    .map((entry) => ({ entry, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .slice(0, most)
    .map(({ entry }) => entry)
}

function rankOf({ kind, title, about }: Entry, words: readonly string[]): number {
  const [name, text] = [plain(title), plain(about)]
  const ranks = words.map((word) => (name.split(' ').includes(word) ? 4 : name.includes(word) ? 3 : text.includes(word) ? 1 : 0))
  if (ranks.includes(0)) return 0
  const whole = name === words.join(' ') ? 5 : 0
  return ranks.reduce<number>((sum, rank) => sum + rank, 0) / words.length + whole + (kind === 'Request' ? 0.5 : 0)
}

/** Letters and digits alone, so that `funded place` finds `funded_place`. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function requests(document: ApiDocument): Entry[] {
  return operationsOf(document).map(({ method, path, page, operation }) => ({
    kind: 'Request',
    title: operation.summary,
    href: page,
    about: `${method} ${path} ${operation.description ?? ''}`,
  }))
}

function parameters(document: ApiDocument): Entry[] {
  return operationsOf(document).flatMap(({ page, operation }) => {
    const body = operation.requestBody?.content['application/json']
    const rows = [...parametersOf(document, operation), ...(body ? rowsOf(document, body.schema) : [])]
    return rows
      .filter(({ name }) => name !== 'id' && name !== 'data.type')
      .map(({ name, description, values }) => ({
        kind: 'Field' as const,
        title: name.replace('data.attributes.', ''),
        of: operation.summary,
        href: page,
        about: `${operation.summary}. ${description} ${values.join(' ')}`,
      }))
  })
}

function fields(documents: readonly ApiDocument[], document: ApiDocument): Entry[] {
  return document.tags.flatMap(({ name: tag }) =>
    resourceFields(documents, tag).map(({ name, description, values }) => ({
      kind: 'Field' as const,
      title: name,
      of: tag,
      href: `${tagPage(document.info.version, tag)}#${name}`,
      about: `${tag}. ${description} ${values.join(' ')}`,
    })),
  )
}

function errors(document: ApiDocument): Entry[] {
  return operationsOf(document).flatMap(({ operation }) =>
    (operation['x-refusals'] ?? []).map(({ code, title, detail }) => ({
      kind: 'Error' as const,
      title: code,
      href: `/api/guidance/error-messages#${code}`,
      about: `${title} ${detail ?? ''}`,
    })),
  )
}

/** Every page, and every part of it under a heading, with its text. */
function sections(pages: ReadonlyMap<string, Page>): Entry[] {
  return [...pages].flatMap(([path, { title, tokens, headings }]) => {
    const found: { heading: string; id: string; words: string[] }[] = []
    for (const [index, token] of tokens.entries()) {
      const heading = token.type === 'heading_open' ? headings.find(({ id }) => id === token.attrGet('id')) : undefined
      if (heading) found.push({ heading: heading.text, id: heading.level === 1 ? '' : heading.id, words: [] })
      else if (token.type === 'inline' && tokens[index - 1]?.type !== 'heading_open') found.at(-1)?.words.push(token.content)
    }
    return found.map(({ heading, id, words }) => ({
      kind: 'Guidance' as const,
      title: id === '' ? heading : `${heading} – ${title}`,
      href: `/api/guidance/${path}${id && `#${id}`}`,
      about: words.join(' ').replace(/<[^>]*>|\]\([^)]*\)|[`[\]]/g, ' '),
    }))
  })
}

/** Each thing once under its title: what the latest version has leads to it. */
function distinct(entries: readonly Entry[]): Entry[] {
  const named = new Map<string, Entry>()
  for (const entry of entries) {
    const key = `${entry.kind} ${entry.title} ${entry.kind === 'Field' ? entry.href.split('/')[4] : ''}`
    if (!named.has(key)) named.set(key, entry)
  }
  return [...named.values()]
}
