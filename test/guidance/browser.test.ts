import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApp } from '../support/app.ts'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'
import { allPages } from '../support/site.ts'

const notFound = '/api/guidance/unknown'
/** One page of each kind; with EVERY_PAGE set, which takes minutes, all of them in full. */
const everyPage = process.env['EVERY_PAGE'] !== undefined
const examined = everyPage
  ? [...allPages, notFound]
  : [
      '/',
      '/api/guidance',
      '/api/docs/v3',
      '/api/guidance/get-started',
      '/api/guidance/release-notes',
      '/api/guidance/process-diagrams/participant-training-journey-diagrams',
      notFound,
    ]

describe.runIf(hasBrowser)('in a browser,', () => {
  let app: FastifyInstance
  let base: string
  let browser: Browser
  beforeAll(async () => {
    app = await makeApp()
    base = await app.listen({ port: 0, host: '127.0.0.1' })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  async function withPage<T>(options: BrowserContextOptions, work: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext({ baseURL: base, reducedMotion: 'reduce', ...options })
    try {
      return await work(await context.newPage())
    } finally {
      await context.close()
    }
  }

  test.each(examined)(
    '%s breaks no rule of WCAG 2.2 AA, sends nothing elsewhere and logs no error',
    async (path) => {
      await withPage({}, async (page) => {
        const elsewhere: string[] = []
        const errors: string[] = []
        page.on('request', (request) => void (request.url().startsWith(base) || elsewhere.push(request.url())))
        page.on('pageerror', ({ message }) => void errors.push(message))
        page.on('console', (message) => void (message.type() === 'error' && !message.text().includes('404') && errors.push(message.text())))
        await page.goto(path)
        const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        // further parts of a reference page are like the first
        if (!everyPage) axe.exclude('main section:has(article) ~ section')
        const { violations } = await axe.analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
        expect(elsewhere).toEqual([])
        expect(errors).toEqual([])
      })
    },
    300_000,
  )

  test('every page fits at 400 % zoom without sideways scrolling', async () => {
    await withPage({ viewport: { width: 320, height: 256 } }, async (page) => {
      for (const path of [...allPages, notFound]) {
        await page.goto(path)
        expect(await page.evaluate('document.scrollingElement.scrollWidth'), path).toBeLessThanOrEqual(320)
      }
    })
  })

  test('the keyboard reaches the content first, and then every block of code', async () => {
    await withPage({}, async (page) => {
      await page.goto('/api/guidance/get-started')
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('location.hash')).toBe('#main-content')
      const reached = new Set<unknown>()
      for (let count = 0; count < 150; count++) {
        await page.keyboard.press('Tab')
        reached.add(await page.evaluate('[...document.querySelectorAll("pre, .table-scroll")].indexOf(document.activeElement)'))
      }
      const blocks = await page.locator('pre, .table-scroll').count()
      expect([...Array(blocks).keys()].filter((index) => !reached.has(index))).toEqual([])
    })
  })

  test('a link beside the text scrolls to its heading, and Back leads where the reader came from', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto('/api/guidance')
      await page.getByRole('button', { name: 'Get started' }).click()
      expect(new URL(page.url()).pathname).toBe('/api/guidance/get-started')
      for (const link of await page.locator('.side-navigation a').all()) {
        await link.click()
        const id = new URL(page.url()).hash.slice(1)
        expect(await page.locator(`#${id}`).textContent()).toBe(await link.textContent())
      }
      await page.goto('/api/guidance')
      await page.getByRole('link', { name: 'Glossary' }).click()
      await page.getByRole('link', { name: 'Back', exact: true }).click()
      expect(new URL(page.url()).pathname).toBe('/api/guidance')
    })
  })

  test('the reference works without JavaScript, deep links included', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto('/api/docs/v3#/NPQ%20Applications/post_api_v3_npq_applications__id__accept')
      const heading = page.getByRole('heading', { name: 'Accept an application' })
      const box = await heading.boundingBox()
      expect(box && box.y >= 0 && box.y < 720).toBe(true)
      expect(await page.locator('#find').isVisible()).toBe(false)
      const answer = page.locator('article:target details', { hasText: '422:' })
      await answer.locator('summary').click()
      expect(await answer.getByText('Example, as').isVisible()).toBe(true)
    })
  })

  test('the reference finds requests, and tries them with a token', async () => {
    const db = await database()
    const { public_id } = await make.application(db)
    const token = await make.token(db)
    await withPage({}, async (page) => {
      await page.goto('/api/docs/v3')
      await page.getByLabel('Find a request or a field').fill('npq-application-change-funded-place')
      expect(await page.locator('#find-count').textContent()).toMatch(/^1 of \d+ requests match/)
      expect(await page.locator('article:visible').count()).toBe(1)
      await page.getByLabel('Find a request or a field').fill('')
      const list = page.locator('article[data-method="GET"][data-address^="/api/v3/npq-applications?"]')
      await list.getByRole('button', { name: 'Send GET request' }).click()
      await list.getByText('HTTP Token: Access denied').first().waitFor()
      await page.getByLabel('Your token for this environment').fill(token)
      await list.getByRole('button', { name: 'Send GET request' }).click()
      await list.getByText(public_id).waitFor()
      const { violations } = await new AxeBuilder({ page }).include('form').analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
    })
  })
})
