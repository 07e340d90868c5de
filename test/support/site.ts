import type { FastifyInstance } from 'fastify'
import { type ApiDocument, operationsOf, tagPage } from '../../src/guidance/document.ts'
import { ask } from './app.ts'
import { documents } from './schemas.ts'

/** Every page of the site that a reader can open. */
export const guidancePages = [
  'get-started',
  'api-introduction',
  'test-environments',
  'test-people',
  'release-notes',
  'roadmap',
  'how-to-guides/how-npqs-work',
  'how-to-guides/view-accept-or-reject-applications',
  'how-to-guides/view-and-update-participant-data',
  'how-to-guides/view-payments-information',
  'how-to-guides/submit-view-and-void-declarations',
  'how-to-guides/stay-in-step',
  'how-to-guides/try-requests-out',
  'how-to-guides/repeat-requests-safely',
  'how-to-guides/keep-data-in-sync',
  'requests-and-answers',
  'courses',
  'get-help',
  'versions',
  'data-states',
  'schedules-and-milestone-all-course',
  'schedules-and-milestone-dates',
  'process-diagrams/participant-training-journey-diagrams',
  'process-maps-edge-cases',
  'error-messages',
  'glossary',
].map((name) => `/api/guidance/${name}`)

const otherPages = ['/', '/api/guidance', '/api/guidance/search', '/accessibility-statement', '/cookies', '/privacy-policy']

/** The pages about one version: the overview, its parts and its requests. */
export function referencePages(document: ApiDocument): string[] {
  const { version } = document.info
  return [`/api/docs/${version}`, ...document.tags.map(({ name }) => tagPage(version, name)), ...operationsOf(document).map(({ page }) => page)]
}

export const allPages = [...otherPages, ...guidancePages, ...Object.values(documents).flatMap(referencePages)]

export async function html(app: FastifyInstance, path: string): Promise<string> {
  const answer = await ask(app, path)
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`)
  return answer.body
}

/** The values of one attribute of every tag that has it, entities decoded. */
export function attributes(page: string, tag: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`<${tag}\\b[^>]*?\\s${name}="([^"]*)"`, 'g'))].map((match) => decoded(match[1] ?? ''))
}

/** What stands between the tags of each element of this name, without tags. */
export function texts(page: string, tag: string): string[] {
  return [...page.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, 'gs'))].map((match) =>
    decoded((match[1] ?? '').replace(/<[^>]*>/g, '')).trim(),
  )
}

function decoded(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
