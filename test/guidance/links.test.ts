import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { problemsOf } from '../../src/api/error-responses.ts'
import { endpoints } from '../../src/api/index.ts'
import { openApiDocument } from '../../src/api/openapi.ts'
import { versions } from '../../src/api/versions.ts'
import type { Rule } from '../../src/domain/rules.ts'
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

/** The titles of every rule that a provider's request can break: the rules of the verbs that the API's routes call. */
async function ruleTitles(): Promise<string[]> {
  const src = new URL('../../src/', import.meta.url).pathname
  const routes = readdirSync(`${src}api`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('routes.ts'))
  const verbs = routes.flatMap((name) =>
    [...readFileSync(`${src}api/${name}`, 'utf8').matchAll(/'\.\.\/\.\.\/(domain\/\w[^']*)\.ts'/g)].map(([, verb]) => verb),
  )
  const files = [...new Set(verbs.flatMap((verb) => [`${src}${verb}.ts`, `${src}${verb}-rules.ts`]))].filter(existsSync)
  const modules: Record<string, unknown>[] = await Promise.all(files.map((file) => import(file)))
  const rules = modules.flatMap((module) => Object.values(module).filter(Array.isArray).flat(2))
  return [...new Set(rules.filter(isRule).map(({ title }) => title))]
}

function isRule(value: unknown): value is Rule<unknown> {
  return typeof value === 'object' && value !== null && 'fails' in value
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
      for (const href of attributes(pages.get(path) ?? '', 'a', 'href')) reached.add(href.split('#')[0] || path)
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
      [...source.matchAll(/\b(?:operation|answer)\('(\w+)', ?'([^']+)'\)/g), ...source.matchAll(/^```json (\w+) (\S+)$/gm)].map(
        ([, method, path]) => `${name}: ${method} /api/v3${path}`,
      ),
    )
    expect(named.length).toBeGreaterThan(50)
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

  test('have a place of their own on the reference page', () => {
    for (const version of versions) {
      const anchors = attributes(pages.get(`/api/docs/${version}`) ?? '', 'article', 'id')
      expect(anchors).toHaveLength(operations.filter((operation) => operation.includes(`/api/${version}/`)).length)
    }
    expect(attributes(pages.get('/api/docs/v3') ?? '', 'article', 'id')).toContain('/NPQ%20Applications/post_api_v3_npq_applications__id__accept')
  })
})

describe('the facts of the guidance', () => {
  test('explain every title under which a request can be refused', async () => {
    const titles = await ruleTitles()
    const explained = texts(pages.get('/api/guidance/error-messages') ?? '', 'code')
    expect(titles.length).toBeGreaterThan(10)
    expect(titles.filter((title) => !explained.includes(title))).toEqual([])
  })

  test('name only fields that the API has', async () => {
    const fields = JSON.stringify(versions.map((version) => openApiDocument(endpoints, version, ''))).match(/\w+/g) ?? []
    const answers = endpoints.flatMap((endpoint) => endpoint.versions.flatMap((version) => problemsOf(endpoint, version, endpoints)))
    const codes = JSON.stringify(answers).match(/\w+/g) ?? []
    const known = new Set([...fields, ...codes, ...(await ruleTitles())])
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
