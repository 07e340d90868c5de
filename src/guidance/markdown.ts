import MarkdownIt, { type RendererRule, type Token } from 'markdown-it'
import { codeBlock, escapeHtml, inlineCode } from './highlight.ts'
import { uniqueSlugs } from './slug.ts'

export type Heading = Readonly<{ level: number; text: string; id: string }>
export type Rendered = Readonly<{ html: string; headings: readonly Heading[]; tokens: readonly Token[] }>

const classes: Record<string, string> = {
  paragraph_open: 'govuk-body-m',
  bullet_list_open: 'govuk-list govuk-list--bullet',
  ordered_list_open: 'govuk-list govuk-list--number',
  link_open: 'govuk-link',
  hr: 'govuk-section-break govuk-section-break--xl govuk-section-break--visible',
  table_open: 'govuk-table stacked',
  thead_open: 'govuk-table__head',
  tbody_open: 'govuk-table__body',
  tr_open: 'govuk-table__row',
  th_open: 'govuk-table__header',
  td_open: 'govuk-table__cell',
}
const headingClasses: Record<string, string> = { h1: 'govuk-heading-xl', h2: 'govuk-heading-l', h3: 'govuk-heading-m' }

const markdown = new MarkdownIt({ html: true })
markdown.renderer.rules.fence = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {}
  return codeBlock(content, info.split(' ')[0] || 'text')
}
const codeInline: RendererRule = (tokens, index) => inlineCode(tokens[index]?.content ?? '')
markdown.renderer.rules.code_inline = codeInline
markdown.renderer.rules.table_open = (tokens, index, options, _env, renderer) => {
  const token = tokens[index] as Token
  const caption = token.meta?.caption as string | undefined
  const shown = caption ? `<caption class="govuk-table__caption govuk-table__caption--m">${escapeHtml(caption)}</caption>\n` : ''
  return `<div class="table-scroll">${renderer.renderToken(tokens, index, options)}${shown}`
}
markdown.renderer.rules.table_close = () => '</table></div>\n'

/** Trusted Markdown, with raw HTML let through, as GOV.UK's HTML. */
export function renderMarkdown(source: string): Rendered {
  const tokens = withCaptions(markdown.parse(source, {}))
  const headings: Heading[] = []
  const idOf = uniqueSlugs()
  for (const [index, token] of tokens.entries()) {
    addClasses(token)
    for (const child of token.children ?? []) addClasses(child)
    if (token.type === 'heading_open') {
      const text = plainText(tokens[index + 1])
      const id = idOf(text)
      token.attrSet('id', id)
      headings.push({ level: Number(token.tag.slice(1)), text, id })
    }
  }
  nameCells(tokens)
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings, tokens }
}

const safe = new MarkdownIt({ html: false })
safe.renderer.rules.code_inline = codeInline

/** One paragraph's inline Markdown; raw HTML in it is shown as text. */
export function renderInline(source: string): string {
  const tokens = safe.parseInline(source, {})
  for (const child of tokens[0]?.children ?? []) addClasses(child)
  return safe.renderer.render(tokens, safe.options, {})
}

function plainText(inline: Token | undefined): string {
  return (inline?.children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('')
}

function addClasses(token: Token) {
  const added = token.type === 'heading_open' ? (headingClasses[token.tag] ?? 'govuk-heading-s') : classes[token.type]
  if (added) token.attrJoin('class', added)
}

/** A line `Table: what it shows` above a table is its caption. */
function withCaptions(tokens: Token[]): Token[] {
  return tokens.filter((token, index) => {
    for (const [back, type] of [
      [0, 'paragraph_open'],
      [1, 'inline'],
      [2, 'paragraph_close'],
    ] as const) {
      const table = tokens[index - back + 3]
      const text = tokens[index - back + 1]?.content
      if (token.type !== type || table?.type !== 'table_open' || !text?.startsWith('Table: ')) continue
      table.meta = { caption: text.slice('Table: '.length) }
      return false
    }
    return true
  })
}

const roles: Record<string, string> = {
  table_open: 'table',
  thead_open: 'rowgroup',
  tbody_open: 'rowgroup',
  tr_open: 'row',
  th_open: 'columnheader',
  td_open: 'cell',
}

/** Says of each cell what it is and under which heading it stands, so that rows can be stacked where there is little room. */
function nameCells(tokens: Token[]) {
  let columns: string[] = []
  let column = 0
  for (const [index, token] of tokens.entries()) {
    const role = roles[token.type]
    if (role) token.attrSet('role', role)
    if (token.type === 'table_open') columns = []
    if (token.type === 'tr_open') column = 0
    if (token.type === 'th_open') {
      token.attrSet('scope', 'col')
      columns.push(plainText(tokens[index + 1]))
    }
    if (token.type === 'td_open') {
      if (column === 0) makeRowHeader(tokens, index)
      else token.attrSet('data-label', columns[column] ?? '')
      column++
    }
  }
}

/** The first cell of a row names the row. */
function makeRowHeader(tokens: Token[], index: number) {
  const open = tokens[index] as Token
  open.tag = 'th'
  open.attrSet('class', 'govuk-table__header')
  open.attrSet('scope', 'row')
  open.attrSet('role', 'rowheader')
  const close = tokens.slice(index).find(({ type }) => type === 'td_close') as Token
  close.tag = 'th'
}
