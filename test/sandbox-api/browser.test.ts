import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { database } from '../support/database.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

describe.runIf(hasBrowser)('the page of a sandbox', () => {
  let app: FastifyInstance
  let base: string
  let browser: Browser
  let token: string
  beforeEach(async () => {
    token = await sandboxToken(await database())
    app = await makeSandboxApp()
    base = await app.listen({ port: 0, host: '127.0.0.1' })
    browser = await openBrowser()
  })
  afterEach(async () => {
    await browser.close()
    await app.close()
  })

  async function opened(javaScriptEnabled: boolean): Promise<Page> {
    const page = await (await browser.newContext({ baseURL: base, javaScriptEnabled })).newPage()
    page.setDefaultTimeout(10_000)
    await page.goto('/sandbox')
    await page.getByLabel('Your token for the sandbox').fill(token)
    await page.getByRole('button', { name: 'Continue' }).click()
    return page
  }

  test('makes applications and a token without scripts and cookies', async () => {
    const page = await opened(false)
    await page.getByLabel('How many').fill('2000')
    await page.getByRole('button', { name: 'Make applications' }).click()
    await page.getByRole('link', { name: 'Give a whole number from 1 to 1000 in count.' }).click()
    expect(await page.getByLabel('How many').inputValue()).toBe('2000')
    await page.getByLabel('How many').fill('2')
    await page.getByLabel('Course').selectOption('npq-senco')
    await page.getByRole('button', { name: 'Make applications' }).click()
    await page.getByText('2 applications were made').waitFor()
    await page.getByLabel('What a further token is for').fill('Our nightly job')
    await page.getByRole('button', { name: 'Make a token' }).click()
    await page.getByText('Copy it now').waitFor()
    expect(await page.context().cookies()).toEqual([])
  })

  test('breaks no rule of WCAG 2.2 AA, and fits at 400 % zoom', async () => {
    const page = await opened(true)
    await page.getByLabel('How many').fill('0')
    await page.getByRole('button', { name: 'Make applications' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('How many').fill('2')
    await page.getByRole('button', { name: 'Make applications' }).click()
    await page.getByText('2 applications were made').waitFor()
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 256 })
    expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBeLessThanOrEqual(320)
  })
})

async function violations(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const found = await axe.analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
