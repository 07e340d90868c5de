import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { endpoints } from '../../../src/api/index.ts'
import { openApiDocument } from '../../../src/api/openapi.ts'
import { versions } from '../../../src/api/versions.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

test.each(versions)('the document of %s describes what is sent of participants and outcomes', async (version) => {
  const db = await database()
  const app = await makeApp()
  const token = await make.token(db)
  const user = await make.user(db)
  const application = await make.acceptedApplication(db, { user, training_status: 'withdrawn', cohort: '2026b', funded_place: true })
  await make.insert(db, 'application_states', {
    ...{ application_id: application.id, lead_provider_id: application.lead_provider_id, state: 'withdrawn', reason: 'other' },
  })
  const archived = {
    email: null,
    archived_email: 'x@school.example',
    archived_at: Temporal.Instant.from('2026-01-01T00:00Z'),
    trn: null,
    trn_verified: false,
  }
  await make.acceptedApplication(db, { user: await make.user(db, archived), cohort: null, schedule_id: null, accepted_at: null })
  const change = await make.idChange(db, { user })
  await make.outcome(db, { declaration: await make.declaration(db, { application, declaration_type: 'completed' }) })

  const document = openApiDocument(endpoints, version, 'https://npq.example')
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const check = async (name: string, path: string, status: number, request = {}) => {
    const answer = await ask(app, `/api/${version}/participants/npq${path}`, { token, ...request })
    const validate = ajv.compile({ ...document, $ref: `#/components/schemas/${name}` })
    expect([answer.statusCode, validate(answer.json())], JSON.stringify(validate.errors)).toEqual([status, true])
  }
  await check('ParticipantsResponse', '', 200)
  await check('ParticipantResponse', `/${user.public_id}`, 200)
  await check('OutcomesResponse', '/outcomes', 200)
  const attributes = { course_identifier: 'npq-headship', state: 'failed', completion_date: '2026-02-10' }
  await check('OutcomeWriteResponse', `/${user.public_id}/outcomes`, 200, { method: 'POST', body: { data: { attributes } } })
  await check('ParticipantWriteResponse', `/${user.public_id}/resume`, 200, { method: 'PUT', body: { data: { attributes } } })
  await check('UnprocessableEntityResponse', `/${user.public_id}/resume`, 422, { method: 'PUT', body: { data: { attributes } } })
  if (version === 'v3') await check('GoneResponse', `/${change.from_participant_id}`, 410)
})
