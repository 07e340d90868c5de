import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { registerAssets } from '../web/assets.ts'
import type { Site } from '../web/site.ts'
import { makeTemplates } from '../web/templates.ts'
import { type ApiDocument, operationsOf, tagPage } from './document.ts'
import { codeBlock, inlineCode } from './highlight.ts'
import { renderInline } from './markdown.ts'
import { moved, navigationFor } from './navigation.ts'
import { type Page, readPages } from './pages.ts'
import { operationOf, referenceOf, resourceFields } from './reference.ts'
import { latestNote } from './release-notes.ts'
import { most, search, searchIndex } from './search.ts'
import { expandWith } from './words.ts'

export type Guidance = {
  site: Site
  /** the API's documents, oldest version first */
  documents: readonly ApiDocument[]
  /** documents of what is served beside the versions, with reference pages of their own */
  beside?: readonly ApiDocument[]
  /** the name of the sandbox's scenario that shows each code, where there is a sandbox */
  shownBy?: ReadonlyMap<string, string>
  /** where the pages are; the product's own by default */
  folder?: string
}

const content = new URL('../../content/', import.meta.url).pathname

/** The public site: front page, guidance, reference pages and what belongs to every site. */
export function registerGuidance(
  app: FastifyInstance,
  { site, documents, beside = [], shownBy = new Map(), folder = `${content}guidance` }: Guidance,
): void {
  const templates = makeTemplates(site)
  templates.addFilter('inline', (text: string) => templates.getFilter('safe')(renderInline(text)))
  templates.addFilter('code', (name: string) => templates.getFilter('safe')(inlineCode(name)))
  const expand = expandWith(templates, documents, { beside, shownBy, server: site.sandboxUrl })
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
  registerReference(app, documents, beside, show)

  const index = once(() => searchIndex(documents, beside, pages()))
  app.addHook('onReady', async () => void index())
  app.get('/api/guidance/search', (request, reply) => {
    const asked = askedIn(request)
    const title = asked === '' ? 'Search' : `Search results for “${asked}”`
    return show(request, reply, 'search.njk', { title, asked, most, found: search(index(), asked) })
  })
  app.get('/api/guidance/search.json', (request, reply) =>
    reply.send(search(index(), askedIn(request)).map(({ kind, title, of, href }) => ({ kind, title, of, href }))),
  )
}

/** What a search is for: the server reads no query strings but those of the API. */
function askedIn({ url }: FastifyRequest): string {
  const asked = new URLSearchParams(url.split('?').slice(1).join('?')).get('q') ?? ''
  return asked.trim().slice(0, longestQuestion)
}

const longestQuestion = 100

type Show = (request: FastifyRequest, reply: FastifyReply, template: string, context: Record<string, unknown>) => FastifyReply

/** The pages about the API itself, made when they are first asked for. */
function registerReference(app: FastifyInstance, documents: readonly ApiDocument[], beside: readonly ApiDocument[], show: Show): void {
  const versions = documents.map(({ info }) => info.version)
  for (const document of [...documents, ...beside]) {
    const { title, version } = document.info
    const reference = once(() => referenceOf(document))
    const frame = () => ({ reference: reference(), latest: versions.at(-1) })
    app.get(`/api/docs/${version}`, (request, reply) =>
      show(request, reply, 'reference.njk', { title: `${title} ${version}`, others: versions.filter((other) => other !== version), ...frame() }),
    )
    for (const part of document.tags) {
      const fields = once(() => resourceFields(documents.includes(document) ? documents : [document], part.name))
      app.get(tagPage(version, part.name), (request, reply) =>
        show(request, reply, 'resource.njk', { title: `${part.name}, ${version}`, part, fields: fields(), ...frame() }),
      )
    }
    for (const named of operationsOf(document)) {
      const operation = once(() => operationOf(document, named))
      app.get(named.page, (request, reply) =>
        show(request, reply, 'operation.njk', { title: `${named.operation.summary}, ${version}`, operation: operation(), ...frame() }),
      )
    }
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
