const items = [
  { text: 'Get started', href: '/api/guidance/get-started' },
  { text: 'How the API works', href: '/api/guidance/api-introduction' },
  { text: 'Test environments', href: '/api/guidance/test-environments' },
  { text: 'What’s new', href: '/api/guidance/release-notes' },
  { text: 'How-to guides', href: '/api/guidance#how-to-guides', under: '/api/guidance/how-to-guides/' },
  { text: 'Process diagrams', href: '/api/guidance#process-diagrams', under: '/api/guidance/process-diagrams/' },
  { text: 'Roadmap', href: '/api/guidance/roadmap' },
]

/** The links at the top of every page; the one that leads to the page, or to its part of the site, is marked. */
export function navigationFor(path: string) {
  return items.map(({ text, href, under = href }) => ({ text, href, active: path.startsWith(under) }))
}

/** Addresses of the site's earlier pages. */
export const moved: Readonly<Record<string, string>> = {
  get_started: '/get-started',
  test_environments: '/test-environments',
  data_states: '/data-states',
  schedules_and_milestone_dates: '/schedules-and-milestone-dates',
  how_npqs_work: '/how-to-guides/how-npqs-work',
  view_accept_or_reject_applications: '/how-to-guides/view-accept-or-reject-applications',
  view_and_update_participant_data: '/how-to-guides/view-and-update-participant-data',
  view_payments_information: '/how-to-guides/view-payments-information',
  submit_view_and_void_declarations: '/how-to-guides/submit-view-and-void-declarations',
  what_you_can_do_in_the_api: '#how-to-guides',
  api_requests: '#how-to-guides',
  definitions: '/glossary',
}
