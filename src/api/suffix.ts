const versioned = /^(\/api\/v\d+\/[^?]*?)\.([A-Za-z0-9]+)(\/?)(\?.*)?$/

/** The format that a versioned path names after its last dot, if any. */
export function suffixOf(url: string): string | undefined {
  return versioned.exec(url)?.[2]?.toLowerCase()
}

/** The URL without its suffix; `.csv` stays where the path can be read as CSV. */
export function withoutSuffix(url: string, isCsvPath: (path: string) => boolean): string {
  const match = versioned.exec(url)
  if (!match) return url
  const [, path = '', suffix, , query = ''] = match
  if (suffix === 'csv' && isCsvPath(`${path}.csv`)) return url
  return path + query
}
