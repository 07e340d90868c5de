// @ts-check
// Accepts the applications that were made on one day (UTC) and are still pending, and says what became of each.
//
//   NPQ_URL=… NPQ_TOKEN=… node accept-a-day.js 2026-11-02
//
// It can be run again: what was accepted before is not pending any more.
import { wordsOf } from 'npq-client'
import { npq } from './connection.js'

const day = process.argv[2] ?? new Date().toISOString().slice(0, 10)
const counts = { accepted: 0, refused: 0 }

// what was made on the day has not changed before it
for (const { id, attributes } of await npq.listApplications({ filter: { updated_since: `${day}T00:00:00Z` } }).all()) {
  if (attributes.status !== 'pending' || !attributes.created_at.startsWith(day)) continue
  const answer = await accept(id, attributes.eligible_for_funding)
  if (answer.ok) {
    counts.accepted += 1
    process.stdout.write(`${id} accepted, ${answer.data.attributes.funded_place ? 'funded place' : 'no funded place'}\n`)
  } else {
    counts.refused += 1
    process.stdout.write(`${id} ${wordsOf(answer.failure)}\n`)
  }
}
process.stdout.write(`${day}: ${counts.accepted} accepted, ${counts.refused} not.\n`)
process.exitCode = counts.refused > 0 ? 1 : 0

/**
 * Accepts an application. Only cohorts with limited places ask whether the place is funded; here every participant who is
 * eligible gets one.
 *
 * @param {string} id
 * @param {boolean} eligible
 */
async function accept(id, eligible) {
  const answer = await npq.acceptApplication(id)
  const placeMissing = !answer.ok && answer.failure.kind === 'refused' && answer.failure.reasons.some(({ code }) => code === 'funded_place_missing')
  return placeMissing ? npq.acceptApplication(id, { funded_place: eligible }) : answer
}
