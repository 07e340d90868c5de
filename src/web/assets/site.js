// What every page adds where scripts run: the menu of small screens, results while one types, copying, and focus where something scrolls.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

const { ServiceNavigation } = await import(`./menu.js${new URL(import.meta.url).search}`)
for (const navigation of document.querySelectorAll('[data-module="govuk-service-navigation"]')) new ServiceNavigation(navigation)

// Search: results below the box while one types; arrows go through them, Escape closes them.
const search = document.querySelector('.site-search')
const box = search.querySelector('input')
const found = search.querySelector('.site-search__found')
const told = found.querySelector('[role="status"]')
const list = found.querySelector('ul')
let waiting
let asked = ''

box.addEventListener('input', () => {
  clearTimeout(waiting)
  waiting = setTimeout(showResults, 250)
})
search.addEventListener('keydown', (event) => {
  const links = [...list.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement)
  if (event.key === 'Escape' && !found.hidden) {
    found.hidden = true
    box.focus()
  } else if (event.key === 'ArrowDown' && !found.hidden) (links[at + 1] ?? links.at(-1))?.focus()
  else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? box).focus()
  else return
  event.preventDefault()
})
search.addEventListener('focusout', ({ relatedTarget }) => {
  if (relatedTarget && !search.contains(relatedTarget)) found.hidden = true
})

async function showResults() {
  const question = box.value.trim()
  asked = question
  if (question === '') {
    found.hidden = true
    return
  }
  const response = await fetch(`${search.getAttribute('action')}.json?q=${encodeURIComponent(question)}`)
  if (!response.ok || asked !== question) return
  const results = (await response.json()).slice(0, 8)
  list.replaceChildren(...results.map(item))
  found.hidden = false
  told.textContent =
    results.length === 0
      ? `Nothing was found for “${question}”.`
      : `${results.length === 8 ? 'The best 8' : results.length} results for “${question}”. Arrow keys go through them, Enter shows all.`
}

function item({ kind, title, of, href }) {
  const link = Object.assign(document.createElement('a'), { className: 'govuk-link', href, textContent: title })
  const line = document.createElement('li')
  line.append(link, ` ${kind}${of ? ` of “${of}”` : ''}`)
  return line
}

// Copying: a button on every block of code.
for (const block of document.querySelectorAll('.highlight > pre')) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', textContent: 'Copy' })
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', async () => {
    button.textContent = (await copied(block.textContent)) ? 'Copied' : 'Press Ctrl+C'
    setTimeout(() => (button.textContent = 'Copy'), 3000)
  })
  block.parentElement.prepend(button)

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      getSelection().selectAllChildren(block)
      return false
    }
  }
}

// Tables: only those that scroll take focus.
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth
    if (!scrolls) for (const name of ['tabindex', 'role', 'aria-label']) target.removeAttribute(name)
    else {
      target.tabIndex = 0
      target.setAttribute('role', 'group')
      target.setAttribute('aria-label', `${target.querySelector('caption')?.textContent ?? 'Table'}, scrolls sideways`)
    }
  }
})
for (const table of document.querySelectorAll('.table-scroll')) watcher.observe(table)
