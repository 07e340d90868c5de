import type nunjucks from 'nunjucks'
import { changes } from './changes.ts'
import { choices, cohorts, courses, groups } from './courses.ts'
import { differencesOf } from './differences.ts'
import { type ApiDocument, type NamedOperation, operationsOf, valuesOf } from './document.ts'
import { errorsOf } from './errors.ts'
import { inlineCode } from './highlight.ts'
import { intakes, intakesWithoutDates, schedules, starts } from './milestones.ts'
import { addressOf } from './reference.ts'
import { curl } from './samples.ts'
import { people, peopleByProvider } from './test-people.ts'

const parts = '{% from "parts.njk" import inset, warning, more, live, sandbox, shapes, steps, milestoneTables, versionTable, errorTable %}'

/**
 * Fills in a page's Markdown: settings as `site`, dates from the reference facts, links and answers from the API's documents.
 * `operation('POST', '/npq-applications/{id}/accept')` links to the request in the reference; `answer(…)` shows what is answered;
 * `exchange(…)` also how it is sent from a command line to `server`, and how it can be refused.
 */
export function expandWith(
  templates: nunjucks.Environment,
  documents: readonly ApiDocument[],
  { beside, shownBy, server }: { beside: readonly ApiDocument[]; shownBy: ReadonlyMap<string, string>; server: string },
): (source: string) => string {
  const latest = documents.at(-1) as ApiDocument
  const operations = new Map(operationsOf(latest).map((named) => [`${named.method} ${named.path}`, named]))
  const full = (method: string, path: string) => `${method} /api/${latest.info.version}${path}`
  const safe = (html: string) => templates.getFilter('safe')(html)
  const link = (href: string, html: string) => `<a class="govuk-link" href="${href}">${html}</a>`
  const known = (method: string, path: string) => {
    const found = operations.get(full(method, path))
    if (!found) throw new Error(`There is no ${full(method, path)}.`)
    return found
  }
  const words = {
    intakes,
    intakesWithoutDates,
    schedules,
    testPeople: people,
    testPeopleByProvider: peopleByProvider,
    starts,
    courses,
    groups,
    cohorts,
    choices,
    changes: () => safe(changes()),
    /** the values that an attribute of a resource can have */
    values: (resource: string, attribute: string) => valuesOf(latest, resource, attribute),
    differences: () => differencesOf(documents),
    errorsOf: (tags: readonly string[], notes?: Readonly<Record<string, string>>) => errorsOf([latest, ...beside], tags, notes),
    scenarioOf: (code: string) => shownBy.get(code),
    operation(method: string, path: string) {
      const code = inlineCode(full(method, path))
      const found = operations.get(full(method, path))
      return safe(found ? link(found.page, code) : code)
    },
    answer: (method: string, path: string) => safe(answerOf(known(method, path))),
    exchange(method: string, path: string) {
      const found = known(method, path)
      const { page, operation } = found
      const body = operation.requestBody?.content['application/json']?.example
      const codes = [...new Set((operation['x-refusals'] ?? []).map(({ code }) => code))]
      const refusals = codes.map((code) => link(`/api/guidance/error-messages#${code}`, inlineCode(code))).join(', ')
      return safe(
        [
          'For example:',
          `\`\`\`text\n${curl({ method, url: `${server}${addressOf(found)}`, body })}\n\`\`\``,
          'The answer:',
          answerOf(found),
          refusals && `What can go wrong: ${refusals}.`,
          `Other languages, every field and error: ${link(page, operation.summary)}.`,
        ]
          .filter((paragraph) => paragraph !== '')
          .join('\n\n'),
      )
    },
  }
  return (source) => templates.renderString(parts + source, words)
}

/** The example of a successful answer, as Markdown. */
function answerOf({ operation }: NamedOperation): string {
  const example = operation.responses['200']?.content?.['application/json']?.example
  return `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``
}
