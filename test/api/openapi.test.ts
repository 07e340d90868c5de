import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { endpoints } from '../../src/api/index.ts'
import { openApiDocument, openApiYaml } from '../../src/api/openapi.ts'
import { versions } from '../../src/api/versions.ts'
import { ask, makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

describe.each(versions)('the OpenAPI document of %s', (version) => {
  const document = openApiDocument(endpoints, version, 'https://npq.example')

  test('is as it was reviewed', async () => {
    await expect(openApiYaml(endpoints, version, 'https://npq.example')).toMatchFileSnapshot(`./snapshots/${version}.yaml`)
  })

  test('is served as YAML to any site', async () => {
    const app = await makeApp()
    const answer = await ask(app, `/api/docs/${version}/swagger.yaml`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
    expect(parse(answer.body)).toMatchObject({ openapi: '3.1.0', info: { title: 'NPQ Registration API', version } })
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
