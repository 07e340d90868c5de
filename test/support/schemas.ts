import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { endpoints } from '../../src/api/index.ts'
import { openApiDocument } from '../../src/api/openapi.ts'
import { type Version, versions } from '../../src/api/versions.ts'

type Media = Record<string, { schema: object; example?: unknown }>
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; description: string; schema: object; example?: unknown }[]
  requestBody?: { content: Media }
  responses: Record<string, { description: string; content?: Media; headers?: Record<string, { example: unknown }> }>
}

export const documents = Object.fromEntries(
  versions.map((version) => [version, openApiDocument(endpoints, version, 'https://npq.example')]),
) as Record<Version, ReturnType<typeof openApiDocument>>

/** Every operation of a version by its method and path: `GET /api/v3/npq-applications`. */
export function operationsOf(version: Version): Map<string, Operation> {
  return new Map(
    Object.entries(documents[version].paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation as Operation] as const),
    ),
  )
}

/** What is wrong with a value by a schema of the version's document, members that the schema does not name included. */
export function faults(version: Version, schema: object, value: unknown): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const { components } = JSON.parse(JSON.stringify(documents[version])) as { components: { schemas: Record<string, object> } }
  for (const component of Object.values(components.schemas)) close(component)
  const validate = ajv.compile({ ...close(structuredClone(schema)), components })
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
}

function close(schema: object): object {
  if ('properties' in schema) Object.assign(schema, { additionalProperties: false })
  for (const part of Object.values(schema)) if (typeof part === 'object' && part !== null) close(part)
  return schema
}
