import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Heading, type Rendered, renderMarkdown } from './markdown.ts'

/** A page; its heading stands apart from the rest, so that what leads around the page can stand between them. */
export type Page = Rendered & Readonly<{ title: string; heading: string; sections: readonly Heading[] }>

/** Every page of a folder by its path within it: `how-to-guides/how-npqs-work`. A new file is a new page. */
export function readPages(folder: string, expand: (source: string) => string): ReadonlyMap<string, Page> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  return new Map(files.sort().map((name) => [name.slice(0, -'.md'.length).replaceAll('\\', '/'), readPage(join(folder, name), expand)]))
}

function readPage(file: string, expand: (source: string) => string): Page {
  const rendered = renderMarkdown(expand(readFileSync(file, 'utf8')))
  const title = rendered.headings.find(({ level }) => level === 1)?.text
  if (title === undefined) throw new Error(`${file} has no title: start it with a line "# Title".`)
  const end = rendered.html.indexOf('</h1>') + '</h1>'.length
  const [heading, html] = [rendered.html.slice(0, end), rendered.html.slice(end)]
  return { ...rendered, title, heading, html, sections: rendered.headings.filter(({ level }) => level === 2) }
}
