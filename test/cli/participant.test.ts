import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { npq, preparedDirectory, serve } from '../support/command.ts'
import * as make from '../support/make.ts'

test('people and outcomes are corrected from the command line, rehearsed or asked about first', { timeout: 300_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
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

  expect(await run('participant', 'merge', give, keep)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/merged_from_user_id: - → 2[\s\S]*uid: one → -/),
    stderr: expect.stringContaining('This was a rehearsal'),
  })
  expect((await person(give)).archived_at).toBeNull()
  expect(await run('participant', 'merge', give, 'nobody')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no participant nobody'),
  })
  expect(await run('participant', 'merge', give, keep, '--write')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 applications'),
  })
  expect(await person(keep)).toMatchObject({ uid: 'one' })
  expect((await person(give)).archived_at).not.toBeNull()

  expect(await run('participant', 'archive', give)).toMatchObject({ status: 1, stderr: expect.stringContaining('is archived already') })
  expect((await run('participant', 'unarchive', give, '--yes')).status).toBe(0)
  expect((await run('participant', 'archive', give, '--blank-email', '--yes')).status).toBe(0)
  expect(await person(give)).toMatchObject({ email: null })

  const trns = join(DATA_DIR, 'trns.csv')
  await writeFile(trns, `Updated TRN,User ID\n12,${keep}\n2345678,${keep}\n`)
  const rows = `${keep}\tThe TRN must have 7 digits.\n${keep}\tTRN set and verified.\n1 of 2 rows can be carried out.\n`
  expect(await run('participants', 'update-trns', trns)).toMatchObject({ status: 0, stdout: rows, stderr: expect.stringContaining('Add --write') })
  expect((await person(keep)).trn).not.toBe('2345678')
  expect(await run('participants', 'update-trns', trns, '--write')).toMatchObject({ status: 0, stdout: `${rows}1 of 2 rows were carried out.\n` })
  await writeFile(trns, `Updated TRN,User ID\n12,${keep}\n`)
  expect(await run('participants', 'update-trns', trns, '--write')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('0 of 1 rows'),
    stderr: 'npq: No row was carried out: see what is said of each.\n',
  })
  expect((await run('participant', 'change-trn', keep, '0000000', '--yes')).status).toBe(1)
  expect(await person(keep)).toMatchObject({ trn: '2345678', trn_verified: true })

  const create = ['outcome', 'create', keep, 'Ambition Institute', 'npq-headship']
  expect(await run(...create, 'soon')).toMatchObject({ status: 1, stderr: expect.stringContaining('yyyy-mm-dd') })
  const [first, again] = [await run(...create, '2026-02-10', '--yes'), await run(...create, '2026-02-11', '--yes')]
  expect(first).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^New Outcome\n {2}state: passed\n {2}completion_date: 2026-02-10\nOutcome 1 stands/),
  })
  expect(again.stdout).toBe(`No record changes.\n${first.stdout.split('\n').at(-2)}\n`)
  expect(await run('outcome', 'void-duplicate', '1')).toMatchObject({ status: 1, stderr: expect.stringContaining('is no duplicate') })
  expect((await run(...create, '2026-02-10', '--state', 'failed', '--yes')).status).toBe(0)
  expect((await run('outcome', 'void-duplicate', '2', '--yes')).status).toBe(0)
  expect(await inDatabase((db) => db.selectFrom('outcomes').select('state').orderBy('id').execute())).toEqual([
    { state: 'passed' },
    { state: 'voided' },
  ])

  const passes = join(DATA_DIR, 'passes.csv')
  await writeFile(passes, 'trn,npq_type,awarded_date\n3012345,389040005,1/31/2020\n3012345,389040001,12/1/2021\n')
  const legacy = () =>
    inDatabase((db) => db.selectFrom('legacy_passed_outcomes').select(['trn', 'course_short_code', 'completion_date']).orderBy('id').execute())
  expect((await run('outcome', 'import-legacy', passes)).stdout).toBe('The file has 2 legacy outcomes.\n')
  expect(await legacy()).toEqual([])
  for (let time = 0; time < 2; time++) expect((await run('outcome', 'import-legacy', passes, '--truncate', '--write')).status).toBe(0)
  expect((await legacy()).map((row) => `${row.trn} ${row.course_short_code} ${row.completion_date}`)).toEqual([
    '3012345 NPQML 2020-01-31',
    '3012345 NPQH 2021-12-01',
  ])
  expect(await inDatabase((db) => db.selectFrom('imports').select(['type', 'imported_by', 'added']).execute())).toEqual(
    [1, 2].map(() => ({
      type: 'outcome import-legacy',
      imported_by: 'Admin ann@example.org (outcome import-legacy)',
      added: { legacy_passed_outcome: 2 },
    })),
  )
  expect((await run('outcome', 'change-legacy-trn', '3012345', '7654321', '--yes')).stdout).toMatch(
    /^Legacy passed outcome 5\n {2}trn: 3012345 → 7654321\n[\s\S]*2 legacy outcomes/,
  )
  expect((await run('outcome', 'change-legacy-trn', '3012345', '7654321', '--yes')).status).toBe(1)
  expect((await legacy()).map(({ trn }) => trn)).toEqual(['7654321', '7654321'])
  await writeFile(passes, 'trn,npq_type,awarded_date\n3012345,389040001,1/31/2020\n3012345,1,1/31/2020\n')
  expect(await run('outcome', 'import-legacy', passes, '--write')).toMatchObject({ status: 1, stderr: expect.stringContaining('Line 3') })
  expect(await legacy()).toHaveLength(2)
  expect(await server.stop()).toBe(0)
})
