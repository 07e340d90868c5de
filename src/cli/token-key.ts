import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The key of the token hashes: the configured one, or one that is made once and kept beside the data. */
export async function tokenKey(config: { tokenKey: string | undefined; dataDirectory: string }): Promise<string> {
  if (config.tokenKey) return config.tokenKey
  const path = join(config.dataDirectory, 'token-key')
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
  // Written whole and then linked: of processes that start together one key wins and nobody reads half of it.
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
  await link(draft, path).catch(ignoreExisting)
  await rm(draft)
  return readFile(path, 'utf8')
}

function ignoreExisting(error: NodeJS.ErrnoException) {
  if (error.code !== 'EEXIST') throw error
}
