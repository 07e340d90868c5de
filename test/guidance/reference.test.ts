import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { versions } from '../../src/api/versions.ts'
import { operationsOf } from '../../src/guidance/document.ts'
import { rowsOf } from '../../src/guidance/fields.ts'
import { ask, makeApp } from '../support/app.ts'
import { operationsOf as documentedOf, documents } from '../support/schemas.ts'
import { attributes, html, referencePages, texts } from '../support/site.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await makeApp()
})

describe.each(versions)('the reference of %s', (version) => {
  const named = operationsOf(documents[version])

  test('shows its name and version, and leads to the other versions, to the documents and to every request', async () => {
    const page = await html(app, `/api/docs/${version}`)
    expect(texts(page, 'h1')).toEqual([`NPQ Registration API ${version}`])
    for (const other of versions) expect(page.includes(`>${other}</a>`)).toBe(other !== version)
    const links = attributes(page, 'a', 'href')
    expect(links).toEqual(expect.arrayContaining([`/api/docs/${version}/swagger.yaml`, `/api/docs/${version}/openapi.json`]))
    expect(links).toEqual(expect.arrayContaining(referencePages(documents[version])))
  })

  test('has an address of its own for every request, to which the fragments of former days lead', async () => {
    const page = await html(app, `/api/docs/${version}`)
    expect(new Set(named.map((one) => one.page)).size).toBe(named.length)
    expect(named.map(({ anchor }) => anchor)).toEqual(expect.arrayContaining(attributes(page, 'li', 'id')))
    expect(attributes(page, 'li', 'data-page')).toEqual(named.map((one) => one.page))
  })

  test.each(named.map((one) => [one.operation.summary, one] as const))(
    'shows of “%s” what the document says',
    async (summary, { page, method, path }) => {
      const shown = await html(app, page)
      const { parameters = [], requestBody, responses } = documentedOf(version).get(`${method} ${path}`) ?? { responses: {} }
      expect(texts(shown, 'h1')).toEqual([summary])
      const codes = texts(shown, 'code')
      expect(codes).toEqual(expect.arrayContaining([path, ...parameters.filter(({ schema }) => !('$ref' in schema)).map(({ name }) => name)]))
      const body = requestBody?.content['application/json']
      if (body) {
        const fields = rowsOf(documents[version], body.schema).map(({ name }) => name)
        expect(fields.length).toBeGreaterThan(1)
        for (const field of fields.filter((name) => name !== 'data.type')) expect(texts(shown, 'th')).toContain(field.replace('data.attributes.', ''))
        expect(texts(shown, 'textarea')).toEqual([JSON.stringify(body.example, null, 2)])
      }
      for (const { content } of Object.values(responses)) {
        for (const { example } of Object.values(content ?? {})) {
          expect(codes).toContain(typeof example === 'string' ? example.trim() : JSON.stringify(example, null, 2))
        }
      }
      expect(shown).not.toContain('`')
    },
  )
})

test('the old addresses of requests are those that were published', async () => {
  expect(attributes(await html(app, '/api/docs/v3'), 'li', 'id')).toContain('/NPQ%20Applications/post_api_v3_npq_applications__id__accept')
  expect(operationsOf(documents.v3).map(({ page }) => page)).toContain('/api/docs/v3/npq-applications/accept')
})

test('a body of several kinds is told as one, with what each kind needs', async () => {
  const page = await html(app, '/api/docs/v3/participant-declarations/create')
  const rows = [...page.matchAll(/<tr .*?<\/tr>/gs)].map(([row]) => [texts(row, 'th')[0], texts(row, 'td')[0]?.replace(/\s+/g, ' ')])
  expect(rows).toEqual(
    expect.arrayContaining([
      ['declaration_type', 'string, required'],
      ['has_passed', 'boolean, required where declaration_type is completed'],
      ['delivery_partner_id', 'string or null (uuid), optional'],
    ]),
  )
  expect(page).toContain('<code>retained-2</code>')
})

test('a part of the API lists every field of its resource with the versions that show it', async () => {
  const page = await html(app, '/api/docs/v3/npq-participants')
  const rows = [...page.matchAll(/<tr [^>]*id="([^"]*)".*?<\/tr>/gs)].map(([row, id]) => [id, texts(row, 'td')[1]])
  expect(rows).toEqual(
    expect.arrayContaining([
      ['full_name', 'all'],
      ['npq_enrolments[].email', 'v3'],
      ['npq_courses', 'v1'],
      ['email', 'v1, v2'],
    ]),
  )
})

describe('each sample of code', () => {
  test.each(['curl', 'JavaScript', 'Python', 'C#', 'PHP'])('in %s sends the documented request', async (language) => {
    const page = await html(app, '/api/docs/v3/npq-applications/accept')
    const sample = page.match(new RegExp(`<summary>${language}</summary>.*?</pre>`, 's'))?.[0] ?? ''
    const [code = ''] = texts(sample, 'code')
    expect(code).toContain('/api/v3/npq-applications/db3a7848-7308-4879-942a-c4a70ced400a/accept')
    expect(code.toUpperCase()).toContain('POST')
    expect(code).toContain('Bearer')
    expect(code).toMatch(/"funded_place": (true|True)/)
  })
})

describe('the search', () => {
  const search = async (question: string) => (await ask(app, `/api/guidance/search.json?q=${encodeURIComponent(question)}`)).json()

  test.each([
    ['accept', 'Request', '/api/docs/v3/npq-applications/accept'],
    ['funded place', 'Field', '/api/docs/v3/npq-applications#funded_place'],
    ['npq_courses', 'Field', '/api/docs/v3/npq-participants#npq_courses'],
    ['already_declared', 'Error', '/api/guidance/error-messages#already_declared'],
    ['clawback', 'Guidance', '/api/guidance/data-states#declaration-data-states'],
    ['enrolments csv', 'Request', '/api/docs/v2/npq-enrolments/list-as-csv'],
  ])('for “%s” finds the %s %s', async (question, kind, href) => {
    expect(await search(question)).toContainEqual(expect.objectContaining({ kind, href }))
  })

  test('says on a page of its own what it found, and where it found nothing', async () => {
    const page = await html(app, '/api/guidance/search?q=accept')
    expect(attributes(page, 'a', 'href')).toContain('/api/docs/v3/npq-applications/accept')
    expect(page).toMatch(/\d+ results, the best first/)
    expect(await html(app, '/api/guidance/search?q=<b>zebra</b>')).toMatch(/“&lt;b&gt;zebra&lt;\/b&gt;”.*Nothing was found/s)
    expect(await search('  ')).toEqual([])
  })

  test('finds everything that it lists', async () => {
    const found = await Promise.all(['declaration', 'participant', 'cohort', 'statement', 'updated'].map(search))
    for (const { href } of found.flat()) {
      const [path = '', fragment] = href.split('#')
      const page = await html(app, path)
      if (fragment) expect(attributes(page, '[a-z][a-z0-9]*', 'id'), href).toContain(fragment)
    }
  })
})
