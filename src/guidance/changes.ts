import { readFileSync } from 'node:fs'

const changelog = new URL('../../CHANGELOG.md', import.meta.url)

/** What changed for providers and has no date yet, as the changelog says it: a list in Markdown. */
export function changes(): string {
  const [, unreleased = ''] = readFileSync(changelog, 'utf8').split(/^## .*$/m)
  return unreleased.trim()
}
