/** What the site reads of an OpenAPI document. */
export type ApiDocument = Readonly<{
  info: { title: string; version: string; description: string }
  servers: readonly { url: string }[]
  tags: readonly { name: string; description: string }[]
  paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  components: { schemas: Readonly<Record<string, unknown>> }
}>

export type Schema = Readonly<{
  $ref?: string
  type?: string | readonly string[]
  format?: string
  enum?: readonly unknown[]
  description?: string
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  examples?: readonly unknown[]
  minimum?: number
  default?: unknown
}>

type Parameter = Readonly<{ name: string; in: string; required: boolean; description: string; style?: string; schema: Schema; example?: unknown }>
type Content = Readonly<Record<string, { schema: Schema; example?: unknown }>>

export type DocumentedOperation = Readonly<{
  operationId: string
  summary: string
  description?: string
  tags: readonly [string]
  parameters?: readonly Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Readonly<Record<string, { description: string; content?: Content }>>
}>

export type NamedOperation = Readonly<{ method: string; path: string; tag: string; anchor: string; operation: DocumentedOperation }>

/** Every operation with the fragment that leads to it on its page: `/NPQ%20Applications/get_api_v3_npq_applications`. */
export function operationsOf(document: ApiDocument): NamedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const operation = described as DocumentedOperation
      const [tag] = operation.tags
      return {
        method: method.toUpperCase(),
        path,
        tag,
        anchor: `/${encodeURIComponent(tag)}/${method}_${path.slice(1).replace(/[^A-Za-z0-9]/g, '_')}`,
        operation,
      }
    }),
  )
}

export function resolve(document: ApiDocument, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema)
}
