// What the reference adds where scripts run: addresses of former days lead on, and requests can be tried.
const moved = document.getElementById(decodeURI(location.hash.slice(1))) ?? document.getElementById(location.hash.slice(1))
if (moved?.dataset.page) location.replace(moved.dataset.page)

const form = document.getElementById('try')
if (form) startTrying(form)

function startTrying(form) {
  const part = (name) => document.getElementById(`try-${name}`)
  const [token, address, body, status] = ['token', 'address', 'body', 'status'].map(part)
  const pickers = JSON.parse(form.dataset.pickers)
  form.hidden = false
  token.value = sessionStorage.getItem('npq-token') ?? ''
  token.addEventListener('change', () => {
    sessionStorage.setItem('npq-token', token.value.trim())
    offerRecords()
  })
  if (token.value) offerRecords()
  for (const { field } of pickers) part(`pick-${field}`).addEventListener('change', ({ target }) => take(field, JSON.parse(target.value)))

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    status.textContent = 'Sending…'
    const start = performance.now()
    try {
      const response = await call(form.dataset.method, address.value, body?.value, part('date').value.trim())
      const text = await response.text()
      part('headers').textContent = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
      part('text').textContent = readable(text)
      part('answer').hidden = false
      status.textContent = `${response.status} ${response.statusText}, in ${Math.round(performance.now() - start)} ms`
    } catch (error) {
      part('answer').hidden = true
      status.textContent = `The request could not be sent: ${error.message}`
    }
  })

  function call(method, path, text, date) {
    const url = new URL(path, location.origin)
    if (url.origin !== location.origin) throw new Error('the address must be one of this environment.')
    const headers = { authorization: `Bearer ${token.value.trim()}` }
    if (text !== undefined) headers['content-type'] = 'application/json'
    if (date) headers['x-with-server-date'] = date
    return fetch(url, { method, headers, body: text })
  }

  /** Fills each choice with the caller's own records. */
  async function offerRecords() {
    for (const { field, list } of pickers) {
      const select = part(`pick-${field}`)
      const response = await call('GET', `${list}?page[per_page]=100`).catch(() => undefined)
      const records = response?.ok ? (await response.json()).data : []
      const first = response?.ok ? (records.length ? 'Choose a record' : 'You have none') : 'Your records could not be read: check the token'
      select.replaceChildren(new Option(first, ''), ...records.map((record) => new Option(labelOf(record), JSON.stringify(record))))
      select.disabled = records.length === 0
    }
  }

  /** Puts a record's id, and the course that it is about, into the request. */
  function take(field, { id, attributes }) {
    if (field === 'id') address.value = address.value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, id)
    const course = attributes.course_identifier ?? attributes.npq_enrolments?.[0]?.course_identifier ?? attributes.npq_courses?.[0]
    if (!body) return
    const sent = JSON.parse(body.value)
    if (field !== 'id') sent.data.attributes[field] = id
    if (course && 'course_identifier' in sent.data.attributes) sent.data.attributes.course_identifier = course
    body.value = JSON.stringify(sent, null, 2)
  }
}

const telling = ['full_name', 'name', 'month', 'year', 'declaration_type', 'course_identifier', 'cohort', 'status', 'state', 'training_status']

function labelOf({ id, attributes }) {
  const known = { ...attributes, ...attributes.npq_enrolments?.[0] }
  const words = telling.map((name) => known[name]).filter((value) => typeof value === 'string')
  if (attributes.eligible_for_funding === false) words.push('not eligible for funding')
  return `${words.join(', ')} (${id.slice(0, 8)}…)`
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
