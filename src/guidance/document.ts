import { slug } from './slug.ts'

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
  anyOf?: readonly Schema[]
  contentSchema?: Schema
  deprecated?: boolean
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
  'x-refusals'?: readonly Refusal[]
}>

/** A reason for which a request is refused: its code, what it is about and, where they are always the same, its words. */
export type Refusal = Readonly<{ code: string; title: string; detail?: string }>

export type NamedOperation = Readonly<{
  method: string
  path: string
  tag: string
  /** the fragment that led to it while a version was one page, and leads there still: `/NPQ%20Applications/get_api_v3_npq_applications` */
  anchor: string
  /** the address of its page: `/api/docs/v3/npq-applications/accept` */
  page: string
  operation: DocumentedOperation
}>

/** Every operation of a version, with where it is found. */
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
        page: `${tagPage(document.info.version, tag)}/${actionOf(operation.operationId, tag)}`,
        operation,
      }
    }),
  )
}

export function resolve(document: ApiDocument, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (document.components.schemas[nameOf(schema) ?? ''] as Schema)
}

/** The address of the page about a part of the API: `/api/docs/v3/npq-applications`. */
export function tagPage(version: string, tag: string): string {
  return `/api/docs/${version}/${slug(tag)}`
}

/** What an operation does, without the noun that its part of the API is named after: `acceptApplication` is `accept`. */
function actionOf(operationId: string, tag: string): string {
  const words = operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const nouns = slug(tag).replace(/s$/, '').split('-')
  const names = nouns.map((_, index) => new RegExp(`-${nouns.slice(index).join('-')}s?(?=-|$)`))
  const found = names.find((name) => name.test(words))
  return found ? words.replace(found, '') : words
}

/** The address at which a resource is listed, by the name of its component: where its ids can be had. */
export function listsOf(document: ApiDocument): ReadonlyMap<string, NamedOperation> {
  return new Map(
    operationsOf(document).flatMap((named) => {
      const data = answerOf(document, named)?.properties?.['data']
      const name = nameOf(data?.items)
      return name !== undefined && named.method === 'GET' && !named.path.includes('{id}') ? [[name, named] as const] : []
    }),
  )
}

/** The schema of a successful answer in JSON; undefined where it is none. */
export function answerOf(document: ApiDocument, { operation }: NamedOperation): Schema | undefined {
  const schema = operation.responses['200']?.content?.['application/json']?.schema
  return schema && resolve(document, schema)
}

/** The name of the component that a schema refers to. */
export function nameOf(schema: Schema | undefined): string | undefined {
  return schema?.$ref?.split('/').at(-1)
}

/** The values that an attribute of a resource can have, null aside. */
export function valuesOf(document: ApiDocument, resource: string, attribute: string): string[] {
  const attributes = resolve(document, { $ref: resource }).properties?.['attributes']
  const values = attributes && resolve(document, attributes).properties?.[attribute]?.enum
  if (!values) throw new Error(`The values of ${attribute} of ${resource} are not told.`)
  return values.filter((value) => value !== null).map(String)
}
