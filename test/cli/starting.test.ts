import { execFileSync, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { errorText } from '../../src/cli/run.ts'
import { ownEmbedded } from '../../src/db/embedded.ts'
import { dataDirectory, npqProcess, preparedDirectory, serve } from '../support/command.ts'
import { database, databaseUrl, onPostgres } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'

const main = new URL('../../src/main.ts', import.meta.url).pathname

describe('a server that starts', () => {
  test('on a folder that another has open says at once what it waits for, and gives up after five seconds', { timeout: 60_000 }, async () => {
    const DATA_DIR = await preparedDirectory()
    const owner = await ownEmbedded(DATA_DIR)
    onTestFinished(() => owner?.close())
    const second = spawn(process.execPath, [main, 'serve'], { env: { PATH: process.env['PATH'], DATA_DIR, PORT: String(await freePort()) } })
    const ended = new Promise((resolve) => second.once('exit', resolve))
    let told = ''
    const waits = new Promise<number>((resolve) => {
      second.stderr.on('data', (text) => {
        told += text
        if (told.includes('waiting up to 5 seconds')) resolve(performance.now())
      })
    })
    const began = await waits
    expect(told).toContain(`Another process has the embedded database in ${DATA_DIR} open`)
    expect(await ended).toBe(1)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(told).toContain('Stop that process, or set DATA_DIR to another folder.')
  })

  test('in a folder that lies in a file says so', { timeout: 60_000 }, async () => {
    const file = join(await dataDirectory(), 'file')
    await writeFile(file, '')
    expect(await npqProcess(['serve'], { DATA_DIR: join(file, 'data') })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is no folder'),
    })
  })

  test.runIf(mayMount())('on a full disk says so', { timeout: 60_000 }, async () => {
    const disk = await dataDirectory()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk])
    onTestFinished(() => void execFileSync('umount', [disk]))
    const DATA_DIR = join(disk, 'data')
    await mkdir(DATA_DIR)
    expect(await npqProcess(['serve'], { DATA_DIR })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`The disk that holds ${DATA_DIR} is full`),
    })
  })
})

describe('a sandbox on a database server', () => {
  const settings = async () => ({ DATABASE_URL: await databaseUrl(), TOKEN_KEY: 'k'.repeat(32) })
  const shown = (output: string) => /^token: (\S+)$/m.exec(output)?.[1]

  test.runIf(onPostgres)(
    'prints a working token although there is no data folder yet, and the same one at its next start',
    { timeout: 90_000 },
    async () => {
      await database()
      const DATA_DIR = join(await dataDirectory(), 'not', 'yet')
      const first = await serve({ ...(await settings()), DATA_DIR })
      await expect.poll(() => shown(first.output())).toBeDefined()
      const token = shown(first.output())
      const answer = await fetch(`${first.url}/api/v3/npq-applications`, { headers: { authorization: `Bearer ${token}` } })
      expect(answer.status).toBe(200)
      first.process.kill('SIGKILL')
      const second = await serve({ ...(await settings()), DATA_DIR })
      await expect.poll(() => shown(second.output())).toBe(token)
    },
  )

  test.runIf(onPostgres)('prints a token, and says that it cannot keep it, where the folder cannot be made', { timeout: 90_000 }, async () => {
    await database()
    const file = join(await dataDirectory(), 'file')
    await writeFile(file, '')
    const server = await serve({ ...(await settings()), DATA_DIR: join(file, 'data') })
    await expect.poll(() => shown(server.output())).toBeDefined()
    expect(server.output()).toContain('could not be kept')
  })
})

test.each([
  ['53100', 'The disk of the database server is full'],
  ['ENOSPC', 'The disk is full'],
  ['57014', 'ran too long'],
])('a command tells the error %s in words', (code, words) => {
  expect(errorText(Object.assign(new Error('x'), { code }))).toContain(words)
})

/** Whether this process may mount a disk of its own. */
function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
