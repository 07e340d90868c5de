import type { FastifyInstance } from 'fastify'
import newman, { type NewmanRunExecution } from 'newman'
import { convertV2 } from 'openapi-to-postmanv2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Version, versions } from '../../src/api/versions.ts'
import type { Database } from '../../src/db/connect.ts'
import { makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'
import { documents, faults, operationsOf } from '../support/schemas.ts'

let app: FastifyInstance
let address: string
beforeEach(async () => {
  app = await makeApp()
  address = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => app.close())

describe.each(versions)('Postman, given the document of %s and a token,', (version) => {
  test('gets only documented answers from every request, and what it asks for from each list', async () => {
    const db = await database()
    const collection = await withIds(await imported(version), db)
    const executions = await run(collection, await make.token(db))

    expect(executions).toHaveLength(operationsOf(version).size)
    for (const { name, status, wrong } of executions.map((execution) => judged(version, execution))) {
      expect(wrong, name).toEqual([])
      if (!name.includes('{id}') && name.startsWith('GET')) expect(status, name).toBe(200)
      if (name.includes('/npq-applications/{id}')) expect(status, name).toBe(200)
      if (/\/participants\/|-declarations\/\{id\}/.test(name)) expect(status, name).not.toBe(404)
    }
  })
})

type Item = { request: { url: { path: string[]; variable?: { key: string; value: string }[] } } }
type Folder = { item: (Folder | Item)[] }

function imported(version: Version): Promise<Folder> {
  const options = { requestParametersResolution: 'Example', parametersResolution: 'Example', folderStrategy: 'Tags' } as const
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data: structuredClone(documents[version]) }, options, (error, converted) => {
      const collection = converted?.output?.[0]?.data
      if (collection) resolve(collection as Folder)
      else reject(error ?? new Error(converted?.reason))
    })
  })
}

/** The collection with ids of records that each request can be sent for, as a user fills them in. */
async function withIds(collection: Folder, db: Database): Promise<Folder> {
  const accepted = await make.acceptedApplication(db)
  const participant = (await db.selectFrom('users').select('public_id').where('id', '=', accepted.user_id).executeTakeFirstOrThrow()).public_id
  const declaration = (await make.declaration(db, { application: accepted })).public_id
  const limited = { cohort: '2026b', funded_place: true }
  const ids: Record<string, string> = {
    'npq-applications/:id/accept': (await make.application(db, { cohort: '2026b' })).public_id,
    'npq-applications/:id/reject': (await make.application(db)).public_id,
    'npq-applications/:id/change-funded-place': (await make.acceptedApplication(db, limited)).public_id,
    'npq-applications': accepted.public_id,
    'participant-declarations': declaration,
    participants: participant,
  }
  for (const item of itemsOf(collection)) {
    const variable = item.request.url.variable?.find(({ key }) => key === 'id')
    const path = item.request.url.path.slice(2)
    const id = ids[path.join('/')] ?? ids[path[0] ?? '']
    if (variable && id) variable.value = id
  }
  return collection
}

function itemsOf(folder: Folder): Item[] {
  return folder.item.flatMap((item) => ('item' in item ? itemsOf(item) : [item]))
}

function run(collection: Folder, token: string): Promise<NewmanRunExecution[]> {
  const values = [
    { key: 'baseUrl', value: address },
    { key: 'apiKey', value: `Bearer ${token}` },
  ]
  return new Promise((resolve, reject) => {
    newman.run({ collection, environment: { values } }, (error, summary) => (error ? reject(error) : resolve(summary.run.executions)))
  })
}

function judged(version: Version, { item, response }: NewmanRunExecution) {
  const path = (item.request.url.path ?? []).map((part) => part.replace(/^:(\w+)$/, '{$1}')).join('/')
  const name = `${item.request.method} /${path}`
  const content = operationsOf(version).get(name)?.responses[response.code]?.content
  if (!content) return { name, status: response.code, wrong: [`answered ${response.code}, which is not documented`] }
  const json = content['application/json']
  const body = response.stream?.toString() ?? ''
  return { name, status: response.code, wrong: json ? faults(version, json.schema, JSON.parse(body)) : [] }
}
