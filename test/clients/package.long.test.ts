import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import { milestone } from '../support/declarations.ts'
import * as make from '../support/make.ts'

const root = new URL('../../', import.meta.url).pathname
const tsc = join(root, 'packages/client/node_modules/typescript/bin/tsc')

type Ran = { status: number; stdout: string; stderr: string }

function run(program: string, args: string[], cwd: string, variables: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: { ...process.env, ...variables } }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr })
    })
  })
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(inject('folder'), 'client-'))
  const packed = await run('npm', ['pack', '--workspace', 'packages/client', '--pack-destination', folder, '--silent'], root)
  expect(packed, packed.stderr).toMatchObject({ status: 0 })
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
  const installed = await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], folder)
  expect(installed, installed.stderr).toMatchObject({ status: 0 })
})

let app: FastifyInstance
let variables: Record<string, string>
beforeEach(async () => {
  app = await makeApp()
  variables = { NPQ_URL: await app.listen({ port: 0, host: '127.0.0.1' }), NPQ_TOKEN: await make.token(await database()) }
})
afterEach(() => app.close())

const example = (name: string, ...args: string[]) =>
  run(process.execPath, [`node_modules/npq-client/examples/${name}.js`, ...args], folder, variables)

describe('the package of the client, installed from its tarball into an empty folder,', () => {
  test('needs nothing else at run time', async () => {
    expect((await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['npq-client'])
  })

  test('has types that compile without others, and tell one version from another', async () => {
    const program = [
      "import { connect, orThrow, type v1 } from 'npq-client'",
      "const newest = connect({ version: 'v3', url: 'https://npq.example', token: 'x' })",
      "const oldest = connect({ version: 'v1', url: 'https://npq.example', token: 'x' })",
      'export const suffix: string | null = (await orThrow(newest.getApplication(""))).attributes.cohort_suffix',
      'export const application: v1.Application = await orThrow(oldest.getApplication(""))',
      '// @ts-expect-error the first version has no statements',
      'oldest.listStatements',
      '// @ts-expect-error a milestone must be one of those that there are',
      "newest.createDeclaration({ participant_id: '', declaration_type: 'begun', declaration_date: '', course_identifier: 'npq-senco' })",
      "const sandbox = connect({ version: 'sandbox', url: 'https://npq.example', token: 'x' })",
      'export const ids: Record<string, string> = (await orThrow(sandbox.makeScenario(""))).attributes.ids',
      'await sandbox.makeApplications({ cohort: "2026b" })',
      '// @ts-expect-error a key would be passed over',
      'await sandbox.makeToken({ label: "" }, { key: "" })',
      'const result = await newest.acceptApplication("")',
      "if (!result.ok && result.failure.kind === 'refused') result.failure.reasons[0]?.code satisfies string | undefined",
    ]
    await writeFile(join(folder, 'program.ts'), program.join('\n'))
    const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom'], types: [] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
    expect(await run(process.execPath, [tsc], folder)).toMatchObject({ status: 0, stdout: '' })
  })

  test('has examples that compile', async () => {
    const files = (await readdir(join(root, 'packages/client/examples'))).map((name) => join('node_modules/npq-client/examples', name))
    const options = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom']
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node', '--maxNodeModuleJsDepth', '1']
    expect(await run(process.execPath, [tsc, ...options, ...types, ...files], folder)).toMatchObject({ status: 0, stdout: '' })
  })
})

describe('the example', () => {
  test('accept-a-day accepts what was made on the day, gives a funded place where one must be chosen, and says what it did', async () => {
    const db = await database()
    const made = (text: string) => ({ created_at: Temporal.Instant.from(text), updated_at: Temporal.Instant.from(text) })
    const other = await make.application(db, made('2026-10-19T23:59:59Z'))
    const plain = await make.application(db, made('2026-10-20T10:00:00Z'))
    const limited = await make.application(db, { ...made('2026-10-20T10:00:00Z'), cohort: '2026b' })
    const ran = await example('accept-a-day', '2026-10-20')
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    expect(ran.stdout).toContain('2026-10-20: 2 accepted, 0 not.')
    const rows = await db.selectFrom('applications').select(['public_id', 'lead_provider_approval_status as status', 'funded_place']).execute()
    const of = (id: string) => rows.find(({ public_id }) => public_id === id)
    expect(of(plain.public_id)?.status).toBe('accepted')
    expect(of(limited.public_id)).toMatchObject({ status: 'accepted', funded_place: true })
    expect(of(other.public_id)?.status).toBe('pending')
  })

  test('declare-from-csv declares each row that it can, and reports each that it cannot by code', async () => {
    const db = await database()
    await make.statement(db)
    const { user_id } = await make.acceptedApplication(db)
    const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()
    const rows = [
      'declaration_date,participant_id,declaration_type,course_identifier,has_passed',
      `${milestone},${public_id},started,npq-headship,`,
      `"${milestone}",${public_id},begun,npq-headship,`,
    ]
    await writeFile(join(folder, 'declarations.csv'), `${rows.join('\r\n')}\r\n`)
    const ran = await example('declare-from-csv', 'declarations.csv', 'report.csv')
    expect(ran).toMatchObject({ status: 1, stdout: '1 of 2 rows were declared; report.csv says what became of each.\n', stderr: '' })
    const declaration = await db.selectFrom('declarations').select(['public_id', 'state']).executeTakeFirstOrThrow()
    const report = (await readFile(join(folder, 'report.csv'), 'utf8')).split('\n')
    expect(report[0]).toBe(`${rows[0]},result,declaration_id,state,codes,details`)
    expect(report[1]).toBe(`${rows[1]},declared,${declaration.public_id},${declaration.state},,`)
    expect(report[2]).toMatch(/,refused,,,declaration_type_unknown,/)

    await example('declare-from-csv', 'declarations.csv', 'report.csv')
    expect((await readFile(join(folder, 'report.csv'), 'utf8')).split('\n')[1]).toMatch(/,refused,,,already_declared,/)
    expect(await db.selectFrom('declarations').select('id').execute()).toHaveLength(1)
  })

  test('keep-a-copy keeps every application, and its cursor, in a file', async () => {
    const db = await database()
    const { public_id } = await make.application(db)
    expect(await example('keep-a-copy', 'copy.json')).toMatchObject({ status: 0, stdout: '1 read; 1 applications are in copy.json.\n', stderr: '' })
    const another = await make.application(db)
    await example('keep-a-copy', 'copy.json')
    const copy = JSON.parse(await readFile(join(folder, 'copy.json'), 'utf8'))
    expect(Object.keys(copy.applications).sort()).toEqual([public_id, another.public_id].sort())
    expect(JSON.parse(copy.cursor)).toHaveLength(2)
  })

  test.each(['accept-a-day', 'declare-from-csv', 'keep-a-copy'])('%s says what it lacks when it is started without a token', async (name) => {
    const { NPQ_TOKEN: _, ...rest } = variables
    variables = rest
    expect(await example(name)).toMatchObject({ status: 2, stderr: expect.stringMatching(/^(Put your token in NPQ_TOKEN|Name the file)/) })
  })
})
