import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { ask, makeApp, tokenKey } from '../support/app.ts'
import { allPages, attributes, guidancePages, html, texts } from '../support/site.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await makeApp()
})

describe('the site', () => {
  test.each(allPages)('%s has one heading, a title with it, a language, and is not stored', async (path) => {
    const { statusCode, headers, body } = await ask(app, path)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-store')
    const titles = texts(body, 'h1')
    expect(titles).toHaveLength(1)
    if (guidancePages.includes(path)) expect(texts(body, 'title')[0]).toContain(titles[0])
    expect(attributes(body, 'html', 'lang')).toEqual(['en'])
    expect(body).toContain('<a href="#main-content" class="govuk-skip-link">Skip to main content</a>')
  })

  test('gives every page a title of its own', async () => {
    const titles = await Promise.all(allPages.map(async (path) => texts(await html(app, path), 'title')[0]))
    expect(new Set(titles).size).toBe(allPages.length)
  })

  test.each(allPages)('%s names no other host, has no inline script or style, and no unfinished words', async (path) => {
    const page = await html(app, path)
    for (const address of [...attributes(page, 'a', 'href'), ...attributes(page, 'link', 'href'), ...attributes(page, 'script', 'src')]) {
      expect(address).toMatch(/^(\/(?!\/)|#|mailto:|http:\/\/127\.0\.0\.1:3000\/)/)
    }
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="/)
    expect(page).not.toMatch(/\[add link\]|\[insert|not yet live|needs to be written|goes here|\btodo\b|lorem|hyperlink|\{\{|undefined/i)
    expect(page).not.toContain('Table: ')
  })

  test.each(allPages)('%s gives every table a caption and headings with a scope', async (path) => {
    const page = await html(app, path)
    expect(page.match(/<caption/g)?.length ?? 0).toBe(page.match(/<table/g)?.length ?? 0)
    expect(page.match(/<th (?=[^>]*scope=)/g)?.length ?? 0).toBe(page.match(/<th /g)?.length ?? 0)
  })

  test('starts from the index, which has no way back', async () => {
    const page = await html(app, '/api/guidance')
    expect(page).toMatch(/<a href="\/api\/guidance\/get-started" role="button"[^>]*govuk-button--start/)
    expect(page).not.toContain('govuk-back-link')
  })

  test('marks where the reader is', async () => {
    const current = async (path: string) => texts((await html(app, path)).match(/<a[^>]*aria-current="true".*?<\/a>/s)?.[0] ?? '', 'strong')
    expect(await current('/api/guidance/get-started')).toEqual(['Get started'])
    expect(await current('/api/guidance/how-to-guides/how-npqs-work')).toEqual(['How-to guides'])
    expect(await current('/api/guidance/process-diagrams/participant-training-journey-diagrams')).toEqual(['Process diagrams'])
    expect(await current('/api/guidance')).toEqual([])
  })

  test.each([
    [undefined, '/api/guidance'],
    ['http://localhost:4000/api/guidance/glossary', '/api/guidance/glossary'],
    ['http://127.0.0.1:3000/api/docs/v3', '/api/docs/v3'],
    ['http://localhost:4000/api/guidance/get-started', '/api/guidance'],
    ['https://elsewhere.example/page', '/api/guidance'],
    ['javascript:alert(1)', '/api/guidance'],
    ['not an address', '/api/guidance'],
  ])('leads back from a page reached from %s to %s', async (referer, back) => {
    const { body } = await ask(app, '/api/guidance/get-started', { headers: { host: 'localhost:4000', ...(referer && { referer }) } })
    expect(body.match(/<a [^>]*govuk-back-link.*?<\/a>/)?.[0]).toBe(`<a href="${back}" class="govuk-back-link">Back</a>`)
  })

  test.each([
    ['get_started', '/get-started'],
    ['test_environments', '/test-environments'],
    ['data_states', '/data-states'],
    ['schedules_and_milestone_dates', '/schedules-and-milestone-dates'],
    ['how_npqs_work', '/how-to-guides/how-npqs-work'],
    ['view_accept_or_reject_applications', '/how-to-guides/view-accept-or-reject-applications'],
    ['view_and_update_participant_data', '/how-to-guides/view-and-update-participant-data'],
    ['view_payments_information', '/how-to-guides/view-payments-information'],
    ['submit_view_and_void_declarations', '/how-to-guides/submit-view-and-void-declarations'],
    ['what_you_can_do_in_the_api', '#how-to-guides'],
    ['api_requests', '#how-to-guides'],
    ['definitions', '/glossary'],
  ])('sends readers of the earlier page %s on for good', async (old, now) => {
    const answer = await ask(app, `/api/guidance/${old}`)
    expect([answer.statusCode, answer.headers.location]).toEqual([301, `/api/guidance${now}`])
  })

  test.each([
    '/api/guidance/unknown',
    '/api/guidance/../../errors/x',
    '/api/guidance/..%2f..%2fpackage.json',
    '/api/guidance/%2e%2e%2f%2e%2e%2fREADME',
    '/api/guidance/..%5c..%5cpackage.json',
    '/api/guidance/constructor',
    '/api/guidance/get-started.md',
    '/api/docs/v4',
    '/api/docs/v9',
    '/api/docs/',
    '/api/docs/v3/none',
    '/nowhere',
    '/assets/none.css',
    '/assets/../assets.ts',
    '/%ff',
  ])('answers %s with a page that says so', async (path) => {
    const answer = await ask(app, path, { token: 'npq_test_none', headers: { 'content-type': 'application/json', accept: 'application/json' } })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(texts(answer.body, 'h1')).toEqual(['Page not found'])
  })

  test.each(['/api/v3/none', '/api/none', '/api/v9/npq-applications', '/api/guidances', '/api'])(
    'answers the API path %s with JSON',
    async (path) => {
      const answer = await ask(app, path, { headers: { accept: 'text/html' } })
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toBe('application/json')
      expect(answer.json()).toEqual({ error: 'Resource not found' })
    },
  )

  test('answers an unknown CSV path with nothing', async () => {
    const answer = await ask(app, '/api/v2/none.csv')
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([404, 'text/plain', ''])
  })

  test('takes addresses, support and channel from the settings', async () => {
    const own = await makeApp({
      config: readConfig({
        ENVIRONMENT: 'sandbox',
        TOKEN_KEY: tokenKey,
        PUBLIC_URL: 'https://here.example',
        SANDBOX_URL: 'https://sandbox.example/',
        PRODUCTION_URL: 'https://live.example',
        SUPPORT_EMAIL: 'help@here.example',
        SUPPORT_CHANNEL: 'the channel of these tests',
      }),
    })
    for (const path of allPages) {
      const page = await html(own, path)
      expect(page).toContain('mailto:help@here.example')
      expect(page).not.toMatch(/digital\.education\.gov\.uk|Microsoft Teams|sandbox\.register-npq|127\.0\.0\.1/)
    }
    const start = (await html(own, '/api/guidance/get-started')).replaceAll('<wbr>', '')
    expect(start).toContain('https://sandbox.example/api/v3/npq-applications')
    expect(start).toContain('https://live.example/api/v1')
    expect(start).toContain('the channel of these tests')
    expect(start).toContain('<link rel="canonical" href="https://here.example/api/guidance/get-started">')
    const errors = await html(own, '/api/guidance/error-messages')
    expect(texts(errors, 'td').some((cell) => cell.endsWith('Scenario: accept-funded-place-missing'))).toBe(true)
    for (const path of attributes(errors, 'a', 'href').filter((href) => href.startsWith('/api/docs/sandbox'))) await html(own, path)
  })

  test('offers to try requests everywhere but in production', async () => {
    const production = readConfig({
      ENVIRONMENT: 'production',
      TOKEN_KEY: tokenKey,
      PUBLIC_URL: 'https://live.example',
      DATABASE_URL: 'postgres://127.0.0.1/npq',
    })
    const page = '/api/docs/v3/npq-applications/list'
    expect(await html(app, page)).toContain('id="try-token"')
    expect(await html(await makeApp({ config: production }), page)).not.toContain('try-token')
  })

  test('says on the front page which environment this is', async () => {
    expect(await html(app, '/')).toContain('<strong class="govuk-tag">test</strong>')
  })

  test('keeps no page above 100 KB compressed', async () => {
    for (const path of allPages) {
      const { rawPayload, headers } = await ask(app, path, { headers: { 'accept-encoding': 'gzip' } })
      expect(headers['content-encoding']).toBe('gzip')
      expect(rawPayload.length).toBeLessThan(100_000)
    }
  })
})

describe('the assets', () => {
  test.each(['govuk.css', 'site.css', 'site.js', 'reference.js', 'menu.js', 'favicon.svg'])(
    '%s may be kept for ever, under an address that changes with it',
    async (name) => {
      const { statusCode, headers } = await ask(app, `/assets/${name}`)
      expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
      if (!['reference.js', 'menu.js'].includes(name)) expect(await html(app, '/')).toMatch(new RegExp(`/assets/${name}\\?v=[0-9a-f]{12}"`))
    },
  )

  test('bring neither the typeface nor the crest of GOV.UK, nor anything from another host', async () => {
    const { body } = await ask(app, '/assets/govuk.css')
    expect(body).not.toMatch(/@font-face|GDS Transport|url\((?!data:)/)
  })
})
