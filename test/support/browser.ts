import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const path = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (candidate) => candidate && existsSync(candidate),
)

/** Whether there is a Chromium for the tests that need one: CHROMIUM may name it. */
export const hasBrowser = path !== undefined
if (!hasBrowser) process.stderr.write('The browser tests are skipped: no Chromium was found. Install chromium, or name one in CHROMIUM.\n')

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(path && { executablePath: path }),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu', '--disable-dev-shm-usage'],
  })
}
