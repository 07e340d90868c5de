import { type Rendered, renderInline } from './markdown.ts'

export type ReleaseNote = Readonly<{ date: string; id: string; html: string }>

const date = /^\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}$/
const tagLine = /^\s*<strong class="govuk-tag[^>]*>[^<]*<\/strong>\s*/

/** The newest entry: the first dated heading with the first paragraph under it that is more than a tag. */
export function latestNote({ headings, tokens }: Rendered): ReleaseNote | undefined {
  const heading = headings.find(({ level, text }) => (level === 2 || level === 3) && date.test(text))
  if (!heading) return undefined
  const start = tokens.findIndex((token) => token.type === 'heading_open' && token.attrGet('id') === heading.id)
  for (let index = start + 3; index < tokens.length && tokens[index]?.type !== 'heading_open'; index++) {
    const text = tokens[index]?.type === 'paragraph_open' ? (tokens[index + 1]?.content ?? '').replace(tagLine, '') : ''
    if (text.trim() !== '') return { date: heading.text, id: heading.id, html: renderInline(text) }
  }
  return { date: heading.text, id: heading.id, html: '' }
}
