import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { registerAssets } from '../web/assets.ts'
import type { Site } from '../web/site.ts'
import { makeTemplates } from '../web/templates.ts'
import type { ApiDocument } from './document.ts'
import { codeBlock, escapeHtml } from './highlight.ts'
import { renderInline } from './markdown.ts'
import { moved, navigationFor } from './navigation.ts'
import { type Page, readPages } from './pages.ts'
import { referenceOf } from './reference.ts'
import { latestNote } from './release-notes.ts'
import { expandWith } from './words.ts'

export type Guidance = {
  site: Site
  /** the API's documents, oldest version first */
  documents: readonly ApiDocument[]
  /** documents of what is served beside the versions, with reference pages of their own */
  beside?: readonly ApiDocument[]
  /** where the pages are; the product's own by default */
  folder?: string
}

const content = new URL('../../content/', import.meta.url).pathname

/** The public site: front page, guidance, reference pages and what belongs to every site. */
export function registerGuidance(app: FastifyInstance, { site, documents, beside = [], folder = `${content}guidance` }: Guidance): void {
  const templates = makeTemplates(site)
  templates.addFilter('inline', (text: string) => templates.getFilter('safe')(renderInline(text)))
  templates.addFilter('breakable', (name: string) => templates.getFilter('safe')(breakable(name)))
  const expand = expandWith(templates, documents)
  const pages = once(() => readPages(folder, expand))
  const sitePages = once(() => readPages(`${content}site`, expand))
  registerAssets(app)

  const show = (request: FastifyRequest, reply: FastifyReply, template: string, context: Record<string, unknown>) => {
    const path = request.url.split('?')[0] ?? '/'
    const frame = { path, navigation: navigationFor(path), back: backFrom(request, path, site.publicUrl), ...context }
    return reply.type('text/html; charset=utf-8').send(templates.render(template, frame))
  }
  const showPage = (request: FastifyRequest, reply: FastifyReply, page: Page | undefined) =>
    page ? show(request, reply, 'page.njk', page) : reply.callNotFound()

  app.get('/', (request, reply) =>
    show(request, reply, 'front.njk', { title: 'NPQ registration API', back: undefined, firstRequest: firstRequest(site) }),
  )
  app.get('/api/guidance', (request, reply) => {
    const notes = pages().get('release-notes')
    return show(request, reply, 'index.njk', { title: 'Guidance', back: undefined, note: notes && latestNote(notes) })
  })
  app.get<{ Params: { '*': string } }>('/api/guidance/*', (request, reply) => {
    const name = request.params['*'].replace(/\/$/, '')
    const target = Object.hasOwn(moved, name) ? moved[name] : undefined
    return target === undefined ? showPage(request, reply, pages().get(name)) : reply.redirect(`/api/guidance${target}`, 301)
  })
  for (const name of ['accessibility-statement', 'cookies', 'privacy-policy']) {
    app.get(`/${name}`, (request, reply) => showPage(request, reply, sitePages().get(name)))
  }
  const versions = documents.map(({ info }) => info.version)
  for (const document of [...documents, ...beside]) {
    const reference = once(() => referenceOf(document))
    const { title, version } = document.info
    app.get(`/api/docs/${version}`, (request, reply) =>
      show(request, reply, 'reference.njk', {
        title: `${title} ${version}`,
        reference: reference(),
        others: versions.filter((other) => other !== version),
        latest: versions.at(-1),
      }),
    )
  }
}

/** The page that the reader came from, where it is one of this site; else the index. */
function backFrom({ headers }: FastifyRequest, path: string, publicUrl: string): string {
  const { referer = '', host } = headers
  if (!URL.canParse(referer)) return '/api/guidance'
  const from = new URL(referer)
  const own = from.host === host || from.origin === new URL(publicUrl).origin
  return own && from.pathname !== path ? from.pathname + from.search : '/api/guidance'
}

/** A field's path as code that may break after each part. */
function breakable(name: string): string {
  return `<code>${escapeHtml(name).replaceAll('.', '.<wbr>')}</code>`
}

function firstRequest({ publicUrl }: Site): string {
  return codeBlock(`curl -g '${publicUrl}/api/v3/npq-applications?page[per_page]=2' \\\n  -H "Authorization: Bearer $NPQ_TOKEN"`, 'text')
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
