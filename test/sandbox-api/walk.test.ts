import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { seed } from '../../src/sandbox/seed.ts'
import { now } from '../support/app.ts'
import { database } from '../support/database.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

test('the example walks a participant from an application to a paid completion, an outcome and a refund', { timeout: 120_000 }, async () => {
  const db = await database()
  await seed(db, now)
  const app = await makeSandboxApp()
  const token = await sandboxToken(db, 'Teach First')
  try {
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const program = new URL('../../examples/sandbox/walk.js', import.meta.url).pathname
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env: { ...process.env, NPQ_URL: url, NPQ_TOKEN: token } })
    const said = stdout.trimEnd().split('\n')
    expect(said).toEqual([
      'Your day is 2026-11-02.',
      expect.stringMatching(/ applied for npq-headship: pending\.$/),
      'The application is accepted, on npq-leadership-autumn.',
      'Today: the started declaration is eligible.',
      expect.stringMatching(/: the started declaration is payable\.$/),
      expect.stringMatching(/: the started declaration is paid\.$/),
      'Today: the completed declaration is eligible.',
      expect.stringMatching(/: the completed declaration is payable\.$/),
      expect.stringMatching(/: the completed declaration is paid\.$/),
      'The outcome is passed.',
      'The completed declaration is awaiting-clawback, and the outcome is gone: has_passed is null.',
      'Today: the completed declaration is awaiting-clawback.',
      expect.stringMatching(/: the completed declaration is awaiting-clawback\.$/),
      expect.stringMatching(/: the completed declaration is clawed-back\.$/),
    ])
  } finally {
    await app.close()
  }
})
