import { beforeAll, describe, expect, test } from 'vitest'
import { versions } from '../../src/api/versions.ts'
import { makeApp } from '../support/app.ts'
import { operationsOf } from '../support/schemas.ts'
import { html, texts } from '../support/site.ts'

describe.each(versions)('the reference of %s', (version) => {
  let page: string
  beforeAll(async () => {
    page = await html(await makeApp(), `/api/docs/${version}`)
  })

  test('shows its name and version, and leads to the other versions and to the documents', () => {
    expect(texts(page, 'h1')).toEqual([`NPQ Registration API ${version}`])
    for (const other of versions) expect(page.includes(`href="/api/docs/${other}"`)).toBe(other !== version)
    expect(page).toContain(`href="/api/docs/${version}/swagger.yaml"`)
    expect(page).toContain(`href="/api/docs/${version}/openapi.json"`)
  })

  test('shows of every request what the document says', () => {
    const articles = [...page.matchAll(/<article.*?<\/article>/gs)].map(([article]) => article)
    const operations = [...operationsOf(version)]
    expect(articles).toHaveLength(operations.length)
    for (const [name, { summary, parameters = [], requestBody, responses }] of operations) {
      const article = articles.find((text) => texts(text, 'p')[0] === name.replace(' ', '')) ?? ''
      expect(texts(article, 'h3'), name).toEqual([summary])
      const codes = texts(article, 'code')
      expect(codes).toEqual(expect.arrayContaining(parameters.filter(({ schema }) => !('$ref' in schema)).map((parameter) => parameter.name)))
      if (requestBody) expect(codes).toContain(JSON.stringify(requestBody.content['application/json']?.example, null, 2))
      expect(texts(article, 'summary').map((text) => text.slice(0, 3))).toEqual(Object.keys(responses))
      for (const { content } of Object.values(responses)) {
        for (const { example } of Object.values(content ?? {})) {
          expect(codes).toContain(typeof example === 'string' ? example.trim() : JSON.stringify(example, null, 2))
        }
      }
    }
  })

  test('shows nested fields by their path, and filters as they are written', () => {
    expect(texts(page, 'th')).toEqual(
      expect.arrayContaining(['data.attributes.funded_place', 'data[].attributes.email', 'filter[cohort]', 'page[per_page]']),
    )
    expect(page).not.toContain('`')
  })
})
