import type nunjucks from 'nunjucks'
import { differencesOf } from './differences.ts'
import { type ApiDocument, operationsOf } from './document.ts'
import { inlineCode } from './highlight.ts'
import { intakes, schedules } from './milestones.ts'

const parts = '{% from "parts.njk" import inset, warning, more, live, sandbox, shapes, steps, milestoneTables, versionTable %}'

/**
 * Fills in a page's Markdown: settings as `site`, dates from the reference facts, links and answers from the API's documents.
 * `operation('POST', '/npq-applications/{id}/accept')` links to the request in the reference; `answer(…)` is its example.
 */
export function expandWith(templates: nunjucks.Environment, documents: readonly ApiDocument[]): (source: string) => string {
  const latest = documents.at(-1) as ApiDocument
  const operations = new Map(operationsOf(latest).map((named) => [`${named.method} ${named.path}`, named]))
  const full = (method: string, path: string) => `${method} /api/${latest.info.version}${path}`
  const safe = (html: string) => templates.getFilter('safe')(html)
  const words = {
    intakes,
    schedules,
    differences: () => differencesOf(documents),
    operation(method: string, path: string) {
      const code = inlineCode(full(method, path))
      const found = operations.get(full(method, path))
      return safe(found ? `<a class="govuk-link" href="${found.page}">${code}</a>` : code)
    },
    answer(method: string, path: string) {
      const example = operations.get(full(method, path))?.operation.responses['200']?.content?.['application/json']?.example
      return safe(example === undefined ? '' : `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``)
    },
  }
  return (source) => templates.renderString(parts + source, words)
}
