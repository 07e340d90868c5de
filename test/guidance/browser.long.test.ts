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
      '/api/docs/v3/npq-applications',
      '/api/docs/v3/participant-declarations/create',
      '/api/guidance/search?q=declaration',
      '/api/guidance/get-started',
      '/api/guidance/error-messages',
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

  const widths = { desktop: 1280, phone: 375 }

  test.each(examined)(
    '%s breaks no rule of WCAG 2.2 AA at the width of a desktop or a phone, sends nothing elsewhere and logs no error',
    async (path) => {
      await withPage({ viewport: { width: widths.desktop, height: 900 } }, async (page) => {
        const elsewhere: string[] = []
        const errors: string[] = []
        page.on('request', (request) => void (request.url().startsWith(base) || elsewhere.push(request.url())))
        page.on('pageerror', ({ message }) => void errors.push(message))
        page.on('console', (message) => void (message.type() === 'error' && !message.text().includes('404') && errors.push(message.text())))
        await page.goto(path)
        for (const width of Object.values(widths)) {
          await page.setViewportSize({ width, height: 900 })
          const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          // further rows of a table are like the first
          if (!everyPage) axe.exclude('tbody tr:nth-child(n + 4)')
          const { violations } = await axe.analyze()
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
        }
        expect(elsewhere).toEqual([])
        expect(errors).toEqual([])
      })
    },
    300_000,
  )

  // of the requests and parts of a version, which are made alike, those of the latest
  const measured = [...allPages.filter((path) => !/^\/api\/docs\/v[12]\//.test(path)), notFound]

  test('every page fits at 400 % zoom without sideways scrolling, and no heading starts below the first screen of a phone', async () => {
    await withPage({ viewport: { width: 320, height: 256 } }, async (page) => {
      for (const path of measured) {
        await page.goto(path)
        expect(await page.evaluate('document.scrollingElement.scrollWidth'), path).toBeLessThanOrEqual(320)
        expect(await page.evaluate('document.querySelector("h1").getBoundingClientRect().bottom'), path).toBeLessThan(667)
      }
    })
  })

  test('no page is longer than 12,000 pixels on a desktop, Get started no longer than 4,000, and no name breaks inside a word', async () => {
    await withPage({ viewport: { width: widths.desktop, height: 900 } }, async (page) => {
      for (const path of measured) {
        await page.goto(path)
        const most = path === '/api/guidance/get-started' ? 4_000 : 12_000
        expect(await page.evaluate('document.scrollingElement.scrollHeight'), path).toBeLessThan(most)
        expect(await page.evaluate(brokenNames), path).toEqual([])
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
        reached.add(await page.evaluate('[...document.querySelectorAll("pre")].indexOf(document.activeElement)'))
      }
      const blocks = await page.locator('pre').count()
      expect(await page.locator('.table-scroll[tabindex]').count()).toBe(0)
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

  test('the reference works without JavaScript, deep links and search included', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto('/api/docs/v3#/NPQ%20Applications/post_api_v3_npq_applications__id__accept')
      const box = await page.locator('li:target').boundingBox()
      expect(box && box.y >= 0 && box.y < 720).toBe(true)
      await page.locator('li:target a').click()
      expect(new URL(page.url()).pathname).toBe('/api/docs/v3/npq-applications/accept')
      await page.getByText('Python').click()
      expect(await page.getByText('import requests').isVisible()).toBe(true)
      expect(await page.locator('#try').isVisible()).toBe(false)
      await page.getByRole('searchbox').fill('void')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'Void a declaration, or claw it back' }).first().click()
      expect(new URL(page.url()).pathname).toBe('/api/docs/v3/participant-declarations/void')
    })
  })

  test('the search says what it found and works by keyboard; an address of former days leads on; code can be copied', async () => {
    await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.goto('/api/docs/v3#/NPQ%20Applications/post_api_v3_npq_applications__id__accept')
      await page.waitForURL('**/api/docs/v3/npq-applications/accept')
      await page.locator('.reference-code .copy').first().click()
      await page.getByText('Copied').waitFor()
      expect(await page.evaluate('navigator.clipboard.readText()')).toContain('/accept')
      await page.getByRole('searchbox').pressSequentially('clawed_back')
      await page.getByText(/results? for “clawed_back”/).waitFor()
      await page.keyboard.press('ArrowDown')
      const href = await page.evaluate('document.activeElement.getAttribute("href")')
      await page.keyboard.press('Enter')
      await page.waitForURL(`**${href}`)
    })
  })

  test('a request is tried with a token and one of the caller’s own records', async () => {
    const db = await database()
    const { public_id } = await make.application(db)
    const token = await make.token(db)
    await withPage({}, async (page) => {
      await page.goto('/api/docs/v3/npq-applications/get')
      const send = page.getByRole('button', { name: 'Send GET request' })
      await page.getByLabel('Your token for this environment').fill('npq_test_none')
      await send.click()
      await page.getByText(/^401 .*, in \d+ ms$/).waitFor()
      await page.getByLabel('Your token for this environment').fill(token)
      await page.keyboard.press('Tab')
      const select = page.getByLabel('One of your records for id')
      await select.locator('option', { hasText: public_id.slice(0, 8) }).waitFor({ state: 'attached' })
      await select.selectOption({ index: 1 })
      await send.click()
      await page.getByText(/^200 .*, in \d+ ms$/).waitFor()
      expect(await page.locator('#try-text').textContent()).toContain(public_id)
      expect(await page.locator('#try-headers').textContent()).toContain('x-request-id')
      const { violations } = await new AxeBuilder({ page }).include('form.try').analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
      await page.goto('/api/docs/v3/npq-applications/accept')
      expect(await page.getByLabel('Your token for this environment').inputValue()).toBe(token)
    })
  })
})

/** Names in the text, in a browser, that go on in another line without a place to break before it. */
const brokenNames = `[...document.querySelectorAll(':not(pre) > code')].flatMap((code) => {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange()
    let before
    for (let index = 0; index < node.length; index++) {
      range.setStart(node, index)
      range.setEnd(node, index + 1)
      const { top, height } = range.getBoundingClientRect()
      if (height === 0) continue
      if (before !== undefined && top - before > height / 2 && /\\w/.test(node.data[index]) && /\\w/.test(node.data[index - 1])) found.push(node.data)
      before = top
    }
  }
  return found
})`
