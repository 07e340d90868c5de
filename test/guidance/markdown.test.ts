import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { renderMarkdown } from '../../src/guidance/markdown.ts'
import { readPages } from '../../src/guidance/pages.ts'
import { latestNote } from '../../src/guidance/release-notes.ts'
import { slug, uniqueSlugs } from '../../src/guidance/slug.ts'
import { ask, makeApp } from '../support/app.ts'
import { attributes, texts } from '../support/site.ts'

const rendered = (source: string) => renderMarkdown(source).html

describe('a slug', () => {
  test.each([
    ['V1 and V2 APIs', 'v1-and-v2-apis'],
    ['What’s new?', 'what-s-new'],
    ['13 August 2024', '13-august-2024'],
    ['  Début — naïve: `course_identifier` ', 'debut-naive-course-identifier'],
    ['(EHCO)', 'ehco'],
  ])('of “%s” is %s', (text, id) => expect(slug(text)).toBe(id))

  test('is unique on a page, whatever the headings are', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'a', 'A 1', 'a-1', 'B', 'A 1 1')), (headings) => {
        const idOf = uniqueSlugs()
        expect(new Set(headings.map(idOf)).size).toBe(headings.length)
      }),
    )
  })
})

describe('Markdown', () => {
  test.each([
    ['# H', '<h1 class="govuk-heading-xl" id="h">H</h1>'],
    ['## H', '<h2 class="govuk-heading-l" id="h">H</h2>'],
    ['### H', '<h3 class="govuk-heading-m" id="h">H</h3>'],
    ['#### H', '<h4 class="govuk-heading-s" id="h">H</h4>'],
    ['text', '<p class="govuk-body-m">text</p>'],
    ['[a](/b)', '<p class="govuk-body-m"><a href="/b" class="govuk-link">a</a></p>'],
    ['- a', '<ul class="govuk-list govuk-list--bullet">\n<li>a</li>\n</ul>'],
    ['1. a', '<ol class="govuk-list govuk-list--number">\n<li>a</li>\n</ol>'],
    ['---', '<hr class="govuk-section-break govuk-section-break--xl govuk-section-break--visible">'],
    ['<div class="govuk-inset-text">\n\n**a**\n\n</div>', '<div class="govuk-inset-text">\n<p class="govuk-body-m"><strong>a</strong></p>\n</div>'],
  ])('%s becomes GOV.UK’s HTML', (source, html) => expect(rendered(source).trim()).toBe(html))

  test('colours JSON and leaves its text as it is', () => {
    const code = '{\n  "a": ["x\\"y: 1", -1.5e3, true, null, "<&>"]\n}\n'
    const html = rendered(`\`\`\`json POST /path\n${code}\`\`\``)
    expect(html).toContain('<div class="highlight"><pre class="highlight json" tabindex="0"><code>')
    expect(html).toContain('<span class="nt">&quot;a&quot;</span>:')
    expect(html).toContain('<span class="mi">-1.5e3</span>')
    expect(texts(html, 'code')[0]).toBe(code.trim())
  })

  test('leaves the text of any JSON as it is', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(texts(rendered(`~~~~~json\n${json}\n~~~~~`), 'code')[0]).toBe(json.trim())
      }),
    )
  })

  test('gives a table its caption, column headings and row headings', () => {
    const html = rendered('Table: What is <here>\n\n| a | b |\n|---|---|\n| c | d |\n')
    expect(html).toContain('<caption class="govuk-table__caption govuk-table__caption--m">What is &lt;here&gt;</caption>')
    expect(html).toContain('<th class="govuk-table__header" role="columnheader" scope="col">a</th>')
    expect(html).toContain(
      '<th class="govuk-table__header" role="rowheader" scope="row">c</th>\n<td class="govuk-table__cell" role="cell" data-label="b">d</td>',
    )
    expect(html).not.toContain('Table:')
  })
})

describe('the latest release note', () => {
  const latest = (source: string) => latestNote(renderMarkdown(source))
  const tag = '<strong class="govuk-tag govuk-tag--green">PRODUCTION</strong>'

  test.each([
    ['dated by a second heading', '## 1 May 2026\n\nText.\n'],
    ['dated by a third heading', '## A title\n\n### 1 May 2026\n\nText.\n'],
    ['without a blank line', '### 1 May 2026\nText.\n'],
    ['with a tag line', `### 1 May 2026\n\n${tag}\n\nText.\n`],
    ['with a tag line right above the text', `### 1 May 2026\n${tag}\nText.\n`],
    ['with a list before the text', `### 1 May 2026\n\n${tag}\n\n---\n\nText.\n`],
  ])('%s is found', (_case, source) => {
    expect(latest(`# Notes\n\nIntroduction.\n\n${source}\n## 1 April 2026\n\nOlder.\n`)).toEqual({
      date: '1 May 2026',
      id: '1-may-2026',
      html: 'Text.',
    })
  })

  test('keeps a link and shows raw HTML as text', () => {
    expect(latest('## 1 May 2026\n\nSee [it](/x) <script>alert(1)</script>.')?.html).toBe(
      'See <a href="/x" class="govuk-link">it</a> &lt;script&gt;alert(1)&lt;/script&gt;.',
    )
  })

  test.each(['', '# Notes\n\nNothing yet.', '## May 2026\n\nNo day.', '#### 1 May 2026\n\nToo deep.'])('is nothing in %j', (source) => {
    expect(latest(source)).toBeUndefined()
  })

  test('does not take the text of the entry below', () => {
    expect(latest('## 2 May 2026\n\n## 1 May 2026\n\nOlder.')).toEqual({ date: '2 May 2026', id: '2-may-2026', html: '' })
  })
})

describe('a folder of pages', () => {
  function folderOf(files: Record<string, string>): string {
    const folder = mkdtempSync(join(inject('folder'), 'pages-'))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return folder
  }
  const siteOf = async (files: Record<string, string>) => makeApp({ guidanceFolder: folderOf(files) })

  test('lists the second headings of a page beside it, and leads back to the top', async () => {
    const app = await siteOf({
      'page.md': '# H\n\n## SubHeading 1\n\n## What’s `new`?\n\n### X\n\n```text\n## not a heading\n```\n\n## SubHeading 1\n',
    })
    const { body } = await ask(app, '/api/guidance/page')
    const navigation = body.match(/<nav class="side-navigation".*?<\/nav>/s)?.[0] ?? ''
    expect(texts(navigation, 'a')).toEqual(['SubHeading 1', 'What’s new?', 'SubHeading 1'])
    expect(attributes(navigation, 'a', 'href')).toEqual(
      attributes(body, 'h2', 'id')
        .filter((id) => id !== 'side-navigation')
        .map((id) => `#${id}`),
    )
    expect(texts(navigation, 'h2')).toEqual(['Navigation'])
    expect(body).toContain('↑ Back to top')
  })

  test('shows a page without second headings alone', async () => {
    const { body } = await ask(await siteOf({ 'page.md': '# H\n\nText.\n' }), '/api/guidance/page')
    expect(body).not.toMatch(/side-navigation|Back to top/)
  })

  test('may nest, and needs no release notes', async () => {
    const app = await siteOf({ 'one/two/three.md': '# Deep\n', 'release-notes.md': '# Notes\n' })
    expect((await ask(app, '/api/guidance/one/two/three')).statusCode).toBe(200)
    expect((await ask(app, '/api/guidance/one/two')).statusCode).toBe(404)
    const index = await ask(app, '/api/guidance')
    expect(index.statusCode).toBe(200)
    expect(index.body).not.toContain('whats-new')
  })

  test('refuses a page without a title', () => {
    expect(() => readPages(folderOf({ 'page.md': 'Text.' }), (source) => source)).toThrow('page.md has no title')
  })
})
