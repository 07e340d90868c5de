import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../../../src/api/index.ts'
import { openApiDocument } from '../../../src/api/openapi.ts'
import { versions } from '../../../src/api/versions.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

describe.each(versions)('the OpenAPI document of %s', (version) => {
  const document = openApiDocument(endpoints, version, 'https://npq.example')
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const fits = (name: string, body: unknown) => {
    const validate = ajv.compile({ ...document, $ref: `#/components/schemas/${name}` })
    return validate(body) || JSON.stringify(validate.errors)
  }

  test('describes declarations and delivery partners as they are sent', async () => {
    const db = await database()
    const app = await makeApp()
    const token = await make.token(db)
    const partner = await make.deliveryPartner(db)
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, state: 'voided' })
    const { public_id } = await make.declaration(db, { application, state: 'clawed_back', delivery_partner_id: partner.id })
    await make.declaration(db, { application, state: 'ineligible', state_reason: 'duplicate' })
    const get = async (path: string) => (await ask(app, `/api/${version}${path}`, { token })).json()
    expect(fits('ParticipantDeclarationsResponse', await get('/participant-declarations'))).toBe(true)
    expect(fits('ParticipantDeclarationResponse', await get(`/participant-declarations/${public_id}`))).toBe(true)
    if (version !== 'v3') return
    expect(fits('DeliveryPartnersResponse', await get('/delivery-partners'))).toBe(true)
    expect(fits('DeliveryPartnerResponse', await get(`/delivery-partners/${partner.public_id}`))).toBe(true)
  })

  test('takes the examples of its requests', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      if (!path.includes('participant-declarations')) continue
      for (const operation of Object.values(methods) as {
        requestBody?: { content: Record<string, { schema: { $ref: string }; example: unknown }> }
      }[]) {
        const content = operation.requestBody?.content['application/json']
        if (content) expect(fits(content.schema.$ref.split('/').at(-1) ?? '', content.example)).toBe(true)
      }
    }
  })
})
