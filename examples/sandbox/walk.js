// @ts-check
// Walks one invented participant through the sandbox by the API alone: from the application to a completion that is paid, an
// outcome, and a refund.
//
//   NPQ_URL=http://127.0.0.1:3000 NPQ_TOKEN=npq_sandbox_… node examples/sandbox/walk.js
//
// It moves your own day, which nobody else sees. Afterwards, reset puts everything back:
//
//   curl -X POST -H "Authorization: Bearer $NPQ_TOKEN" $NPQ_URL/api/sandbox/reset

const { NPQ_URL: url = 'http://127.0.0.1:3000', NPQ_TOKEN: token = '' } = process.env

const day = await moveOn(0)
tell(`Your day is ${day}.`)

// somebody applies
const [application] = await send('POST', '/sandbox/applications', { course_identifier: 'npq-headship' })
const { participant_id: participant, eligible_for_funding: eligible, cohort } = application.attributes
tell(`${application.attributes.full_name} applied for ${application.attributes.course_identifier}: ${application.attributes.status}.`)

// you take them on
const accepted = await send('POST', `/v3/npq-applications/${application.id}/accept`, { funded_place: eligible })
tell(`The application is ${accepted.attributes.status}, on ${accepted.attributes.schedule_identifier}.`)

// they start, complete and pass; each milestone is paid with your next statement
const partners = await send('GET', `/v3/delivery-partners?filter[cohort]=${cohort}`)
for (const milestone of [{ declaration_type: 'started' }, { declaration_type: 'completed', has_passed: true }]) {
  const declaration = await declare({ ...milestone, course_identifier: application.attributes.course_identifier })
  await pay(declaration.id, declaration.attributes.statement_id)
}
const [outcome] = await send('GET', `/v3/participants/npq/${participant}/outcomes`)
tell(`The outcome is ${outcome.attributes.state}.`)

// the completion was a mistake: it is voided, and the payment taken back with your next statement
const [completion] = (await send('GET', `/v3/participant-declarations?filter[participant_id]=${participant}`)).filter(
  (/** @type {Resource} */ { attributes }) => attributes.declaration_type === 'completed',
)
const voided = await send('PUT', `/v3/participant-declarations/${completion.id}/void`)
tell(`The completed declaration is ${voided.attributes.state}, and the outcome is gone: has_passed is ${voided.attributes.has_passed}.`)
await pay(completion.id, voided.attributes.clawback_statement_id)

/**
 * Declares a milestone on your day now. A schedule that has not begun is waited for; a delivery partner of the year’s other cohort
 * gives way to the next one.
 *
 * @param {Record<string, unknown>} milestone
 * @returns {Promise<Resource>}
 */
async function declare(milestone) {
  for (;;) {
    const { now } = (await send('GET', '/sandbox/clock')).attributes
    const attributes = { participant_id: participant, declaration_date: now, delivery_partner_id: partners[0]?.id, ...milestone }
    const answer = await ask('POST', '/v3/participant-declarations', attributes)
    const codes = answer.body.errors?.map((/** @type {{ code: string }} */ { code }) => code) ?? []
    if (codes.includes('declaration_before_schedule')) await moveOn(30)
    else if (codes.includes('delivery_partner_not_yours')) partners.shift()
    else return told(answer)
  }
}

/**
 * Goes to the day after a statement’s deadline, and then to the day on which it is paid, and says what becomes of a declaration.
 *
 * @param {string} declarationId
 * @param {string} statementId
 */
async function pay(declarationId, statementId) {
  const { cut_off_date: deadline, payment_date: payment } = (await send('GET', `/v3/statements/${statementId}`)).attributes
  await state(declarationId)
  for (const next of [dayAfter(deadline), payment]) {
    await send('POST', '/sandbox/clock', { day: next })
    await state(declarationId, next)
  }
}

/**
 * @param {string} declarationId
 * @param {string} [on]
 */
async function state(declarationId, on = 'Today') {
  const { declaration_type: type, state } = (await send('GET', `/v3/participant-declarations/${declarationId}`)).attributes
  tell(`${on}: the ${type} declaration is ${state}.`)
}

/**
 * Moves your day on, and does what is due then.
 *
 * @param {number} days
 * @returns {Promise<string>}
 */
async function moveOn(days) {
  const { day } = (await send('GET', '/sandbox/clock')).attributes
  return (await send('POST', '/sandbox/clock', { day: dayAfter(day, days) })).attributes.day
}

/**
 * @param {string} day
 * @param {number} [days]
 */
function dayAfter(day, days = 1) {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/**
 * The data of an answer; ends the walk where a request is refused.
 *
 * @param {string} method
 * @param {string} path after `/api`
 * @param {Record<string, unknown>} [attributes]
 */
async function send(method, path, attributes) {
  return told(await ask(method, path, attributes))
}

/**
 * @param {{ status: number, request: string, body: any }} answer
 */
function told({ status, request, body }) {
  if (status !== 200) throw new Error(`${request} was answered ${status}: ${JSON.stringify(body)}`)
  return body.data
}

/**
 * @typedef {{ id: string, type: string, attributes: Record<string, any> }} Resource
 * @param {string} method
 * @param {string} path
 * @param {Record<string, unknown>} [attributes]
 */
async function ask(method, path, attributes) {
  const headers = { authorization: `Bearer ${token}`, ...(attributes && { 'content-type': 'application/json' }) }
  const body = attributes && JSON.stringify({ data: { attributes } })
  const answer = await fetch(`${url}/api${path}`, { method, headers, ...(body && { body }) })
  return { status: answer.status, request: `${method} ${path}`, body: await answer.json() }
}

/** @param {string} line */
function tell(line) {
  process.stdout.write(`${line}\n`)
}
