import { describe, expect, test } from 'vitest'
import { npq, preparedDirectory } from '../support/command.ts'

describe('the command npq seed', () => {
  test.each([[[]], [['--scenario', '2026']], [['--scenario', '2026', '--write']]])('is refused in production with %j', async (options) => {
    const variables = {
      ENVIRONMENT: 'production',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      TOKEN_KEY: 'k'.repeat(32),
      PUBLIC_URL: 'https://npq.example',
    }
    expect(await npq(['seed', ...options], variables)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('Production holds real people only'),
    })
  })

  test('fills a sandbox and adds a scenario only when it is told to write', { timeout: 180_000 }, async () => {
    const DATA_DIR = await preparedDirectory()
    expect(await npq(['seed', '--scenario', '1999'], { DATA_DIR })).toMatchObject({ status: 1, stderr: expect.stringContaining('no scenario 1999') })
    const rehearsed = await npq(['seed'], { DATA_DIR })
    expect(rehearsed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Invented: \d+ people with \d+ applications\.\n$/) })
    expect(rehearsed.stderr).toBe('This was a rehearsal: nothing was written. Add --write to write it.\n')
    const [, count] = rehearsed.stdout.split(': ')
    expect(await npq(['seed', '--write'], { DATA_DIR })).toMatchObject({ status: 0, stdout: `${rehearsed.stdout}Made ${count}` })
    const dry = await npq(['seed', '--scenario', '2026'], { DATA_DIR })
    expect(dry).toMatchObject({ status: 0, stderr: expect.stringContaining('This was a rehearsal') })
    const written = await npq(['seed', '--scenario', '2026', '--write'], { DATA_DIR })
    expect(written).toMatchObject({ status: 0, stdout: `${dry.stdout}Added 260 people.\n` })
    expect(written.stdout.split('\n').filter((line) => line.startsWith('added\t'))).toHaveLength(260)
  })
})
