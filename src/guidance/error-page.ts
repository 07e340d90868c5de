import type { Site } from '../web/site.ts'
import { makeTemplates } from '../web/templates.ts'
import { navigationFor } from './navigation.ts'

const words: Record<number, { title: string; lines: readonly string[] }> = {
  404: {
    title: 'Page not found',
    lines: ['If you typed the address, check that it is correct.', 'If you pasted it, check that you copied all of it.'],
  },
  500: { title: 'Sorry, there is a problem with the service', lines: ['Try again later.'] },
}
const unreadable = { title: 'We could not read this request', lines: ['Go back and try again.'] }

/** The page that is shown instead of an answer, by its status. */
export function makeErrorPages(site: Site): (status: number) => string {
  const templates = makeTemplates(site)
  return (status) => {
    const { title, lines } = words[status] ?? (status >= 500 ? words[500] : unreadable) ?? unreadable
    return templates.render('error.njk', { title, lines, navigation: navigationFor('') })
  }
}
