const mostEdits = 4

/** The names that may mean the same partner as this one (04 section 12.2); a name that is equal is none of them. */
export function similarNames(name: string, among: readonly string[]): string[] {
  return among.filter((other) => other !== name && isSimilar(name, other))
}

function isSimilar(name: string, other: string): boolean {
  const [text, otherText] = [name.toLowerCase(), other.toLowerCase()]
  const [first = ''] = withoutThe(text).split(/\s+/)
  return withoutThe(otherText).startsWith(first) || otherText.includes(text) || edits(name, other) <= mostEdits
}

function withoutThe(text: string): string {
  return text.replace(/^the\s+/, '')
}

/** How many letters must be put in, taken out or changed to turn one text into the other (Levenshtein); what differs more in length alone is not counted out. */
function edits(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > mostEdits) return mostEdits + 1
  let row = Array.from({ length: other.length + 1 }, (_, count) => count)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (let place = 0; place < other.length; place++) {
      const changed = (row[place] ?? 0) + (other[place] === letter ? 0 : 1)
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
