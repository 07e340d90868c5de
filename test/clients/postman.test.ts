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

describe.each(versions)('the collection of %s', (version) => {
  // biome-ignore lint/suspicious/noExplicitAny: the formats are of other makers, and newman reads them
  const served = async (name: string): Promise<any> => (await fetch(`${address}/api/docs/${version}/${name}`)).json()

  test('needs nothing but a token: lists and records are found, and no request lacks an id', async () => {
    const db = await database()
    await makeOneOfEach(db)
    const environment = await served('postman-environment.json')
    Object.assign(environment.values[0], { value: address })
    Object.assign(environment.values[1], { value: await make.token(db) })
    const executions = await run(await served('postman-collection.json'), environment)

    expect(executions).toHaveLength(operationsOf(version).size)
    for (const { name, status, wrong } of executions.map((execution) => judged(version, execution))) {
      expect(wrong, name).toEqual([])
      if (name.startsWith('GET')) expect(status, name).toBe(200)
      expect([400, 404], name).not.toContain(status)
    }
  })

  test('offers filters, pages and order switched off, and says how to fill in the token', async () => {
    const { item, info } = await served('postman-collection.json')
    const { values } = await served('postman-environment.json')
    const [list] = item[0].item
    expect(list.request.url.query.length).toBeGreaterThan(3)
    for (const { disabled, description } of list.request.url.query) expect([disabled, description]).toEqual([true, expect.stringMatching(/\.$/)])
    expect(info.description).toContain('`token`')
    expect(values[1]).toMatchObject({ key: 'token', value: '', type: 'secret', description: expect.stringContaining('without the word Bearer') })
  })

  test('is the same for Bruno', async () => {
    type Collected = { name: string; request: { method: string; body?: { raw?: string; json?: string }; url: string | { raw: string } } }
    const shown = ({ name, request: { method, url, body } }: Collected) => [
      name,
      method,
      typeof url === 'string' ? url : url.raw,
      body?.json ?? body?.raw,
    ]
    const postman = await served('postman-collection.json')
    const bruno = await served('bruno-collection.json')
    expect(bruno.items.flatMap((folder: { items: Collected[] }) => folder.items.map(shown))).toEqual(
      postman.item.flatMap((folder: { item: Collected[] }) => folder.item.map(shown)),
    )
    expect(bruno.environments[0].variables.map(({ name }: { name: string }) => name)).toEqual(['base_url', 'token'])
    expect(bruno.root.request.auth).toEqual({ mode: 'bearer', bearer: { token: '{{token}}' } })
  })

  test('is offered as a file to keep, to any site', async () => {
    const { headers } = await app.inject(`/api/docs/${version}/bruno-collection.json`)
    expect(headers).toMatchObject({
      'content-disposition': `attachment; filename="npq-${version}-bruno-collection.json"`,
      'access-control-allow-origin': '*',
    })
  })
})

describe.each(versions)('Postman, given the document of %s and a token,', (version) => {
  test('gets only documented answers from every request, and what it asks for from each list', async () => {
    const db = await database()
    const collection = await withIds(await imported(version), db)
    const values = [
      { key: 'baseUrl', value: address },
      { key: 'apiKey', value: `Bearer ${await make.token(db)}` },
    ]
    const executions = await run(collection, { values })

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

/** A pending application, and all that there can be of an accepted one. */
async function makeOneOfEach(db: Database): Promise<void> {
  await make.application(db)
  await make.statement(db)
  await make.deliveryPartner(db)
  const application = await make.acceptedApplication(db)
  const declaration = await make.declaration(db, { application, declaration_type: 'completed', state: 'eligible' })
  await make.outcome(db, { declaration })
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

function run(collection: Folder, environment: { values: { key: string; value: string }[] }): Promise<NewmanRunExecution[]> {
  return new Promise((resolve, reject) => {
    newman.run({ collection, environment }, (error, summary) => (error ? reject(error) : resolve(summary.run.executions)))
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
