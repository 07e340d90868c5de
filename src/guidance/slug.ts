/** The id of a heading, and so the fragment of every link to it. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Slugs that stay unique on one page: a repeated text gets a number. */
export function uniqueSlugs(): (text: string) => string {
  const taken = new Set<string>()
  return (text) => {
    const plain = slug(text)
    let id = plain
    for (let count = 1; taken.has(id); count++) id = `${plain}-${count}`
    taken.add(id)
    return id
  }
}
