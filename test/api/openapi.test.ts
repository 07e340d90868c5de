import { spawnSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core'
import spectralRulesets from '@stoplight/spectral-rulesets'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { endpointsOf } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { openApiDocument, openApiYaml } from '../../src/api/openapi.ts'
import { versions } from '../../src/api/versions.ts'
import { ask, makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'
import { documents, faults, operationsOf, wrongExamples } from '../support/schemas.ts'

const { Spectral } = spectralCore
const { oas } = spectralRulesets

test('the OpenAPI documents pass the rules that Redocly recommends', async () => {
  const folder = await mkdtemp(join(inject('folder'), 'documents-'))
  const files = versions.map((version) => join(folder, `${version}.yaml`))
  for (const version of versions) await writeFile(join(folder, `${version}.yaml`), openApiYaml(endpoints, version, 'https://npq.example'))
  const cli = new URL('../../node_modules/@redocly/cli/bin/cli.js', import.meta.url).pathname
  const config = new URL('../../redocly.yaml', import.meta.url).pathname
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lint', '--config', config, ...files], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  expect(`${stdout}${stderr}`).not.toMatch(/\d+ (warning|error)/)
  expect(status).toBe(0)
})

describe.each(versions)('the OpenAPI document of %s', (version) => {
  const document = openApiDocument(endpoints, version, 'https://npq.example')

  test('passes the rules of Spectral', async () => {
    const spectral = new Spectral()
    // the licence has an identifier, which excludes a URL; the contact is a page; tags stand in the order in which a participant meets them
    const rules = { 'license-url': 'off', 'contact-properties': 'off', 'openapi-tags-alphabetical': 'off' } as const
    spectral.setRuleset({ extends: [[oas as RulesetDefinition, 'all']], rules })
    const found = await spectral.run(JSON.parse(JSON.stringify(document)))
    expect(found.map(({ code, path, message }) => `${code} at ${path.join('.')}: ${message}`)).toEqual([])
  })

  test('is as it was reviewed', async () => {
    await expect(openApiYaml(endpoints, version, 'https://npq.example')).toMatchFileSnapshot(`./snapshots/${version}.yaml`)
  })

  test('refuses a body without attributes, as the service does', async () => {
    const app = await makeApp()
    const db = await database()
    const token = await make.token(db)
    const { public_id } = await make.application(db)
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db) })
    for (const { method, path, body } of endpointsOf(endpoints, version).filter((endpoint) => endpoint.format === 'json')) {
      if (!body) continue
      const { type } = body(version)
      const sent = { data: { type, attributes: {} } }
      const url = `/api/${version}${path}`
      const schema = operationsOf(version).get(`${method} ${url}`)?.requestBody?.content['application/json']?.schema ?? {}
      const id = path.startsWith('/participant-declarations') ? declaration.public_id : public_id
      expect(faults(version, schema, sent), path).not.toEqual([])
      expect((await ask(app, url.replace('{id}', id), { token, method, body: sent })).statusCode, path).toBe(400)
    }
  })

  test('is served as YAML to any site', async () => {
    const app = await makeApp()
    const answer = await ask(app, `/api/docs/${version}/swagger.yaml`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
    expect(parse(answer.body)).toMatchObject({ openapi: '3.1.0', info: { title: 'NPQ Registration API', version } })
  })

  test('is served as JSON, which need not be fetched again while it stays the same', async () => {
    const app = await makeApp()
    const answer = await ask(app, `/api/docs/${version}/openapi.json`)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'content-type': 'application/json' })
    expect(answer.json()).toMatchObject({ info: { version }, servers: [{ url: 'http://127.0.0.1:3000' }] })
    const again = await ask(app, `/api/docs/${version}/openapi.json`, { headers: { 'if-none-match': String(answer.headers['etag']) } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('says of every operation what it is, what it takes and every answer that it gives', () => {
    for (const [name, { summary, tags, parameters = [], requestBody, responses }] of operationsOf(version)) {
      expect(summary, name).toMatch(/^[A-Z].*[^.]$/)
      expect(tags, name).toHaveLength(1)
      for (const { description } of [...parameters, ...Object.values(responses)]) expect(description, name).toMatch(/\.$/)
      expect(Object.keys(responses), name).toEqual(
        expect.arrayContaining(['200', '401', '429', '500', ...(requestBody ? ['400', '413', '422'] : [])]),
      )
    }
  })

  test('has an example of every body, answer and parameter, which its own schema takes', () => {
    expect(wrongExamples(documents[version])).toEqual([])
  })

  test('refers to nothing that it lacks, and names each operation once', () => {
    const names = new Set(Object.keys(document.components.schemas))
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? []
    for (const reference of references) expect(names).toContain(reference.split('/').at(-1))
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map((o) => (o as { operationId: string }).operationId))
    expect(new Set(operations).size).toBe(operations.length)
  })

  test('describes what is sent', async () => {
    const db = await database()
    const app = await makeApp()
    const token = await make.token(db)
    await make.application(db, { cohort: null, user: await make.user(db, { trn: null, trn_verified: false }) })
    const { public_id } = await make.acceptedApplication(db, { cohort: '2026b', funded_place: true })
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const check = (name: string, body: unknown) => {
      const validate = ajv.compile({ ...document, $ref: `#/components/schemas/${name}` })
      expect(validate(body), JSON.stringify(validate.errors)).toBe(true)
    }
    check('ApplicationsResponse', (await ask(app, `/api/${version}/npq-applications`, { token })).json())
    check('ApplicationResponse', (await ask(app, `/api/${version}/npq-applications/${public_id}`, { token })).json())
    check('BadRequestResponse', (await ask(app, `/api/${version}/npq-applications?filter=x`, { token })).json())
    check('UnauthorisedResponse', (await ask(app, `/api/${version}/npq-applications`)).json())
    check('NotFoundResponse', (await ask(app, `/api/${version}/npq-applications/x`, { token })).json())
    const refused = await ask(app, `/api/${version}/npq-applications/${public_id}/accept`, { token, method: 'POST' })
    check('UnprocessableEntityResponse', refused.json())
  })
})
