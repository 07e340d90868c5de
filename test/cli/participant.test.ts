import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { dataDirectory, npq, serve } from '../support/command.ts'
import * as make from '../support/make.ts'

test('people and outcomes are corrected from the command line, rehearsed unless told otherwise', { timeout: 300_000 }, async () => {
  const DATA_DIR = await dataDirectory()
  const variables = { DATA_DIR, ENVIRONMENT: 'test' }
  const server = await serve(variables)
  const run = (...args: string[]) => npq(args, variables)
  const inDatabase = async <T>(work: (db: Awaited<ReturnType<typeof connect>>['db']) => Promise<T>): Promise<T> => {
    const { db, close } = await connect({ databaseUrl: undefined, dataDirectory: DATA_DIR, poolSize: 2 })
    try {
      return await work(db)
    } finally {
      await close()
    }
  }
  const { keep, give } = await inDatabase(async (db) => {
    const [kept, given] = [await make.user(db), await make.user(db, { uid: 'one' })]
    const application = await make.acceptedApplication(db, { user: given })
    await make.declaration(db, { application, declaration_type: 'completed' })
    return { keep: kept.public_id, give: given.public_id }
  })
  const person = (id: string) => inDatabase((db) => db.selectFrom('users').selectAll().where('public_id', '=', id).executeTakeFirstOrThrow())

  for (const option of [[], ['--dry-run', 'no']]) {
    const { status, stdout } = await run('participant', 'merge', give, keep, ...option)
    expect([status, stdout]).toEqual([0, expect.stringContaining('Nothing was changed')])
  }
  expect((await person(give)).archived_at).toBeNull()
  expect(await run('participant', 'merge', give, 'nobody')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no participant nobody'),
  })
  expect(await run('participant', 'merge', give, keep, '--dry-run', 'false')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 applications'),
  })
  expect(await person(keep)).toMatchObject({ uid: 'one' })
  expect((await person(give)).archived_at).not.toBeNull()

  expect(await run('participant', 'archive', give)).toMatchObject({ status: 1, stderr: expect.stringContaining('is archived already') })
  expect((await run('participant', 'unarchive', give)).status).toBe(0)
  expect((await run('participant', 'archive', give, '--blank-email')).status).toBe(0)
  expect(await person(give)).toMatchObject({ email: null })

  const trns = join(DATA_DIR, 'trns.csv')
  await writeFile(trns, `Updated TRN,User ID\n12,${keep}\n2345678,${keep}\n`)
  const changed = await run('participants', 'update-trns', trns)
  expect([changed.status, changed.stdout]).toEqual([0, `${keep}\tThe TRN must have 7 digits.\n${keep}\tTRN set and verified.\n`])
  expect((await run('participant', 'change-trn', keep, '0000000')).status).toBe(1)
  expect(await person(keep)).toMatchObject({ trn: '2345678', trn_verified: true })

  const create = ['outcome', 'create', keep, 'Ambition Institute', 'npq-headship']
  expect(await run(...create, 'soon')).toMatchObject({ status: 1, stderr: expect.stringContaining('yyyy-mm-dd') })
  const [first, again] = [await run(...create, '2026-02-10'), await run(...create, '2026-02-11')]
  expect([first.status, again.stdout]).toEqual([0, first.stdout])
  expect(await run('outcome', 'void-duplicate', '1')).toMatchObject({ status: 1, stderr: expect.stringContaining('is no duplicate') })
  expect((await run(...create, '2026-02-10', '--state', 'failed')).status).toBe(0)
  expect((await run('outcome', 'void-duplicate', '2')).status).toBe(0)
  expect(await inDatabase((db) => db.selectFrom('outcomes').select('state').orderBy('id').execute())).toEqual([
    { state: 'passed' },
    { state: 'voided' },
  ])

  const passes = join(DATA_DIR, 'passes.csv')
  await writeFile(passes, 'trn,npq_type,awarded_date\n3012345,389040005,1/31/2020\n3012345,389040001,12/1/2021\n')
  const legacy = () =>
    inDatabase((db) => db.selectFrom('legacy_passed_outcomes').select(['trn', 'course_short_code', 'completion_date']).orderBy('id').execute())
  expect((await run('outcome', 'import-legacy', passes)).stdout).toContain('Would load 2')
  expect(await legacy()).toEqual([])
  for (let time = 0; time < 2; time++) expect((await run('outcome', 'import-legacy', passes, '--truncate', '--dry-run', 'false')).status).toBe(0)
  expect((await legacy()).map((row) => `${row.trn} ${row.course_short_code} ${row.completion_date}`)).toEqual([
    '3012345 NPQML 2020-01-31',
    '3012345 NPQH 2021-12-01',
  ])
  expect((await run('outcome', 'change-legacy-trn', '3012345', '7654321')).stdout).toContain('2 legacy outcomes')
  expect((await run('outcome', 'change-legacy-trn', '3012345', '7654321')).status).toBe(1)
  expect((await legacy()).map(({ trn }) => trn)).toEqual(['7654321', '7654321'])
  await writeFile(passes, 'trn,npq_type,awarded_date\n3012345,389040001,1/31/2020\n3012345,1,1/31/2020\n')
  expect(await run('outcome', 'import-legacy', passes, '--dry-run', 'false')).toMatchObject({ status: 1, stderr: expect.stringContaining('Line 3') })
  expect(await legacy()).toHaveLength(2)
  expect(await server.stop()).toBe(0)
})
