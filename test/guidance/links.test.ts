import { readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { problemsOf } from '../../src/api/error-responses.ts'
import { endpoints } from '../../src/api/index.ts'
import { openApiDocument } from '../../src/api/openapi.ts'
import { versions } from '../../src/api/versions.ts'
import { inTheAnswer } from '../../src/guidance/errors.ts'
import { ask, makeApp } from '../support/app.ts'
import { allPages, attributes, html, texts } from '../support/site.ts'

let app: FastifyInstance
let pages: Map<string, string>
beforeAll(async () => {
  app = await makeApp()
  pages = new Map(await Promise.all(allPages.map(async (path) => [path, await html(app, path)] as const)))
})

const content = new URL('../../content/', import.meta.url).pathname
const sources = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => [name, readFileSync(content + name, 'utf8')] as const)
const operations = versions.flatMap((version) =>
  Object.entries(openApiDocument(endpoints, version, '').paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  ),
)

/** Every code that an answer can have: those of rules, by the endpoints that they judge, and those that the channel itself writes. */
function codes(): string[] {
  const src = new URL('../../src/', import.meta.url).pathname
  const files = ['api', 'http'].flatMap((folder) =>
    readdirSync(src + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${src}${folder}/${name}`),
  )
  const written = files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(name, 'utf8').matchAll(/(?:\bcode: |badRequest\(\s*)'(\w+)'/g)].map(([, code = '']) => code))
  return [
    ...new Set([
      ...written,
      ...endpoints.flatMap((endpoint) => (endpoint.format === 'json' ? (endpoint.refusals ?? []) : []).map(({ code }) => code)),
    ]),
  ]
}

describe('the links of the site', () => {
  test('lead to pages and headings that exist', async () => {
    const dead: string[] = []
    for (const [path, page] of pages) {
      const ids = attributes(page, '[a-z][a-z0-9]*', 'id')
      expect(new Set(ids).size, `ids of ${path}`).toBe(ids.length)
      for (const href of new Set(attributes(page, 'a', 'href'))) {
        const [target = '', fragment] = href.split('#')
        if (href.startsWith('mailto:')) continue
        const found = target === '' ? page : (pages.get(target) ?? (await other(target)))
        if (found === undefined || (fragment !== undefined && !attributes(found, '[a-z][a-z0-9]*', 'id').includes(fragment)))
          dead.push(`${path}: ${href}`)
      }
    }
    expect(dead).toEqual([])
  })

  test('reach every page from the index', () => {
    const reached = new Set(['/', '/api/guidance'])
    for (const path of reached) {
      const page = pages.get(path) ?? ''
      for (const href of [...attributes(page, 'a', 'href'), ...attributes(page, 'form', 'action')]) reached.add(href.split('#')[0] || path)
    }
    expect(allPages.filter((path) => !reached.has(path))).toEqual([])
  })

  async function other(path: string) {
    const answer = await ask(app, path)
    return answer.statusCode === 200 ? answer.body : undefined
  }
})

describe('the requests that the guidance names', () => {
  test('exist in the latest version', () => {
    const named = sources.flatMap(([name, source]) =>
      [...source.matchAll(/\b(?:operation|answer|exchange)\('(\w+)', ?'([^']+)'\)/g), ...source.matchAll(/^```json (\w+) (\S+)$/gm)].map(
        ([, method, path]) => `${name}: ${method} /api/v3${path}`,
      ),
    )
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter((request) => !operations.includes(request.split(': ')[1] ?? ''))).toEqual([])
  })

  test('exist wherever a page shows a command line', () => {
    const unknown: string[] = []
    for (const [path, page] of pages) {
      for (const code of texts(page, 'code').filter((text) => text.startsWith('curl '))) {
        const method = code.match(/-X (\w+)/)?.[1] ?? 'GET'
        const address = new URL(code.match(/'(https?:\/\/[^']*)'/)?.[1] ?? '')
        const given = `${method} ${address.pathname.replace(/[0-9a-f-]{36}/, '{id}')}`
        if (!operations.includes(given)) unknown.push(`${path}: ${given}`)
      }
    }
    expect(unknown).toEqual([])
  })
})

describe('the facts of the guidance', () => {
  test('explain every code with which a request can be refused, under an anchor of its own', () => {
    expect(codes().length).toBeGreaterThan(80)
    const page = pages.get('/api/guidance/error-messages') ?? ''
    const anchors = attributes(page, 'tr', 'id')
    expect(codes().filter((code) => !anchors.includes(code))).toEqual([])
    expect(page).not.toContain(inTheAnswer)
  })

  test('name only fields and codes that the API has', () => {
    const fields = JSON.stringify(versions.map((version) => openApiDocument(endpoints, version, ''))).match(/\w+/g) ?? []
    const answers = endpoints.flatMap((endpoint) => endpoint.versions.flatMap((version) => problemsOf(endpoint, version, endpoints)))
    const known = new Set([...fields, ...codes(), ...(JSON.stringify(answers).match(/\w+/g) ?? [])])
    const unknown = sources
      .filter(([name]) => name.startsWith('guidance/'))
      .flatMap(([name, source]) =>
        [...source.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, field = '']) => [name, field] as const).filter(([, field]) => !known.has(field)),
      )
    expect(unknown).toEqual([])
  })

  test('show the milestones of the reference data', () => {
    const schedules: { cohort: string; identifier: string; milestones: { milestone_date: string | null; payment_date: string | null }[] }[] =
      JSON.parse(readFileSync(new URL('../../reference/schedules.json', import.meta.url), 'utf8'))
    const page = pages.get('/api/guidance/schedules-and-milestone-all-course') ?? ''
    const tables = [...page.matchAll(/<caption[^>]*>(\d{4}) cohort, (\w+) schedules<\/caption>(.*?)<\/table>/gs)]
    expect(tables.map(([, year, season]) => `${year} ${season}`)).toEqual([
      '2025 spring',
      '2024 autumn',
      '2023 autumn',
      '2023 spring',
      '2022 autumn',
      '2022 spring',
      '2021 autumn',
      '2021 spring',
    ])
    for (const [, year, season, table = ''] of tables) {
      const cells = texts(table, 'td')
      const shown = [0, 1, 2, 3, 4].map((row) => [cells[row * 3], cells[row * 3 + 2]])
      const facts = (kind: string) =>
        schedules.find(({ cohort, identifier }) => cohort === `${year}a` && identifier === `npq-${kind}-${season}`)?.milestones ?? []
      const [started, first, second, leadership] = facts('leadership')
      const specialist = facts('specialist')[2]
      expect(shown).toEqual([started, first, second, specialist, leadership].map((fact) => [long(fact?.milestone_date), long(fact?.payment_date)]))
      expect(cells).toHaveLength(15)
    }
  })
})

function long(date: string | null | undefined) {
  const [year, month, day] = (date ?? '').split('-')
  const names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
  return `${Number(day)} ${names[Number(month) - 1]} ${year}`
}
