// What the reference page adds where scripts run: a search, and requests that can be tried.
const operations = [...document.querySelectorAll('.operation')]

const find = document.getElementById('find')
const count = document.getElementById('find-count')
find.hidden = false
find.querySelector('input').addEventListener('input', ({ target }) => {
  const wanted = target.value.trim().toLowerCase()
  let shown = 0
  for (const operation of operations) {
    operation.hidden = wanted !== '' && !operation.textContent.toLowerCase().includes(wanted)
    if (!operation.hidden) shown++
  }
  count.textContent = wanted === '' ? '' : `${shown} of ${operations.length} requests match. They are below.`
})

const form = document.getElementById('try')
if (form) {
  document.getElementById('token').hidden = false
  operations.forEach(addForm)
}

function addForm(operation, index) {
  const { method, address, body } = operation.dataset
  const made = form.content.cloneNode(true).querySelector('form')
  for (const field of made.querySelectorAll('input, textarea')) {
    field.id = `try-${index}-${field.name}`
    field.previousElementSibling.htmlFor = field.id
  }
  made.elements.address.value = address
  if (body) made.elements.body.value = body
  else made.elements.body.parentElement.remove()
  made.querySelector('button').append(` ${method} request`)
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    send(method, made)
  })
  operation.querySelector('.try-it').append(made)
}

async function send(method, { elements, lastElementChild }) {
  const block = lastElementChild.querySelector('pre')
  block.hidden = false
  block.firstChild.textContent = await answerOf(method, elements).catch((error) => `The request could not be sent: ${error.message}`)
}

async function answerOf(method, { address, body }) {
  const url = new URL(address.value, location.origin)
  if (url.origin !== location.origin) return 'The address must be one of this environment.'
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${document.getElementById('token-text').value.trim()}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body?.value,
  })
  return `${response.status} ${response.statusText}\n\n${readable(await response.text())}`
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
