import type { Readable } from 'node:stream'
import type { TSchema } from 'typebox'
import type { Database } from '../db/connect.ts'
import type { Act } from '../domain/history.ts'
import type { PossibleRefusal } from '../domain/rules.ts'
import type { Problem } from '../http/problems.ts'
import type { Feed } from './feed/feed.ts'
import type { Query } from './query.ts'
import type { Version } from './versions.ts'

/** One authenticated request, read as far as every endpoint needs it. */
export type Call = Readonly<{
  db: Database
  version: Version
  provider: { id: number; name: string }
  query: Query
  /** the `{id}` of the path, a UUID in any letter case; empty where the path has none */
  id: string
  /** the `{name}` of the path; empty where the path has none */
  name: string
  /** the JSON body; undefined where none was sent */
  body: unknown
  /** the moment of the request and the name under which its changes are kept */
  act: Act
  /** the caller's token */
  token: number
  /** given once the client is gone */
  signal: AbortSignal
  feed: Feed
}>

export type Tag =
  | 'NPQ Applications'
  | 'NPQ Enrolments'
  | 'NPQ Participants'
  | 'NPQ Participant Outcomes'
  | 'Participant declarations'
  | 'Statements'
  | 'Delivery Partners'
  | 'Changes'
  | 'Sandbox applications'
  | 'Sandbox clock'
  | 'Sandbox scenarios'
  | 'Sandbox access'

type Described = Readonly<{
  /** after the surface's `/api/…` */
  path: string
  versions: readonly Version[]
  tag: Tag
  /** unique among the operations of one version */
  operationId: string
  summary: string
  description: string
  /** what the `{name}` of the path is, where it has one */
  named?: Readonly<{ description: string; example: string }>
  /** what it may answer in the place of 200 besides what every endpoint may, each as an example of what is sent */
  problems: (version: Version) => readonly Problem[]
}>

/** A named schema of the document's components, with those that it refers to. */
export type Named = Readonly<{ name: string; schema: TSchema; uses?: readonly Named[] }>

export type RequestBody = Readonly<{
  name: string
  /** the documented `data.type` */
  type: string
  attributes: TSchema
  /** the schemas that it refers to */
  uses?: readonly Named[]
  required: boolean
  example: Record<string, unknown>
}>

/** A parameter of the query string, as it is documented. */
type Parameter = Readonly<{ name: string; description: string; schema: Record<string, unknown>; example: unknown }>

export type JsonEndpoint = Described &
  Readonly<{
    format: 'json'
    method: 'GET' | 'POST' | 'PUT'
    filters?: (version: Version) => Named | undefined
    paged?: boolean
    /** what it reads of the query string beside filters, pages and order */
    parameters?: () => readonly Parameter[]
    /** whether it reads what is true now, and whoever is told it is told nothing older from then on */
    newest?: boolean
    /** whether an answer may be held at the caller's wish */
    holds?: boolean
    sorts?: (version: Version) => readonly string[]
    body?: (version: Version) => RequestBody
    answer: (version: Version) => Named
    /** all that the domain can refuse the change with */
    refusals?: readonly PossibleRefusal[]
    /** it answers a secret, which is kept nowhere: a repeat with an Idempotency-Key is carried out again */
    secret?: true
    /** what the action makes of the attributes in the example of its answer */
    makes?: Readonly<Record<string, unknown>>
    handle: (call: Call) => Promise<unknown>
    /** what a dry run tells beside its answer */
    foresees?: Foresight
  }>

/** What would become of what a write answers, as a member of the answer's `meta`. */
export type Foresight = Readonly<{ name: string; schema: TSchema; look: (call: Call, answer: unknown) => Promise<unknown> }>

export type CsvEndpoint = Described &
  Readonly<{
    format: 'csv'
    method: 'GET'
    filters?: (version: Version) => Named | undefined
    answer: (version: Version) => Named
    handle: (call: Call) => Promise<Readable | string>
  }>

/** What a channel's table holds: enough to serve the endpoint and to document it. */
export type Endpoint = JsonEndpoint | CsvEndpoint

/** What is served under `/api/{name}`, and documented as one: a version of the API, or what stands beside the versions. */
export type Surface = Readonly<{
  name: string
  title: string
  description: string
  endpoints: readonly Endpoint[]
  /** how its answers show resources */
  version: Version
}>

/** Whether an endpoint's first answer is kept for a repeat under the same `Idempotency-Key`. */
export function takesKey(endpoint: Endpoint): boolean {
  return endpoint.method !== 'GET' && endpoint.secret !== true
}

/** Whether an endpoint's list can also be had as CSV, so that a suffix of its path says which is meant. */
export function hasCsvForm({ method, path }: Endpoint, own: readonly Endpoint[]): boolean {
  return method === 'GET' && own.some((other) => other.path === `${path}.csv`)
}

export function endpointsOf(endpoints: readonly Endpoint[], version: Version): Endpoint[] {
  return endpoints.filter((endpoint) => endpoint.versions.includes(version))
}

/** A version of the published API. */
export function published(endpoints: readonly Endpoint[], version: Version): Surface {
  return {
    name: version,
    title: 'NPQ Registration API',
    description: 'The API through which lead providers read applications, report on participants and declare their progress.',
    endpoints: endpointsOf(endpoints, version),
    version,
  }
}
