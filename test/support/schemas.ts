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

type Document = (typeof documents)[Version]

/** Every operation of a version by its method and path: `GET /api/v3/npq-applications`. */
export function operationsOf(version: Version): Map<string, Operation> {
  return operationsIn(documents[version])
}

export function operationsIn(document: Document): Map<string, Operation> {
  return new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation as Operation] as const),
    ),
  )
}

/** What is wrong with a value by a schema of the version's document, members that the schema does not name included. */
export function faults(version: Version, schema: object, value: unknown): string[] {
  return faultsIn(documents[version], schema, value)
}

function faultsIn(document: Document, schema: object, value: unknown): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const { components } = JSON.parse(JSON.stringify(document)) as { components: { schemas: Record<string, object> } }
  for (const component of Object.values(components.schemas)) close(component)
  const validate = ajv.compile({ ...close(structuredClone(schema)), components })
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
}

/** What bodies, answers and parameters lack an example, or have one that their own schema does not take. */
export function wrongExamples(document: Document): string[] {
  const wrong: string[] = []
  for (const [name, { requestBody, responses, parameters = [] }] of operationsIn(document)) {
    const bodies = Object.entries({ request: requestBody, ...responses }).flatMap(([part, shape]) =>
      Object.values(shape?.content ?? {}).map((media) => [`${name} ${part}`, media] as const),
    )
    for (const [part, { schema, example }] of [...bodies, ...parameters.map((parameter) => [`${name} ${parameter.name}`, parameter] as const)]) {
      if (example === undefined && !('$ref' in schema)) wrong.push(`${part} has no example`)
      if (example !== undefined) wrong.push(...faultsIn(document, schema, example).map((fault) => `${part}: ${fault}`))
    }
  }
  return wrong
}

function close(schema: object): object {
  if ('properties' in schema) Object.assign(schema, { additionalProperties: false })
  for (const part of Object.values(schema)) if (typeof part === 'object' && part !== null) close(part)
  return schema
}
