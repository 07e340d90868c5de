import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Clock, momentOf } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { author } from '../domain/author.ts'
import type { KnownToken } from '../domain/tokens/records.ts'
import { found, notAcceptable, unauthorised } from '../http/problems.ts'
import { decodedPath } from '../http/urls.ts'
import { isUuid } from '../uuid.ts'
import { applicationEndpoints } from './applications/routes.ts'
import { authenticate, type TokenSettings } from './authentication.ts'
import { declarationEndpoints } from './declarations/routes.ts'
import { deliveryPartnerEndpoints } from './delivery-partners/routes.ts'
import { type Call, type Endpoint, hasCsvForm, type JsonEndpoint, published, type Surface, takesKey } from './endpoint.ts'
import { enrolmentEndpoints } from './enrolments/routes.ts'
import { type Feed, type FeedSettings, makeFeed } from './feed/feed.ts'
import { feedEndpoints } from './feed/routes.ts'
import { outcomeEndpoints } from './outcomes/routes.ts'
import { participantEndpoints } from './participants/routes.ts'
import { registerQualifications } from './qualifications/routes.ts'
import { readQuery } from './query.ts'
import { honourServerDate } from './server-date.ts'
import { statementEndpoints } from './statements/routes.ts'
import { suffixOf } from './suffix.ts'
import { type Version, versions } from './versions.ts'
import { readDryRun } from './writes/dry-run.ts'
import { fingerprintOf, readKey } from './writes/idempotency-key.ts'
import { makeWrites, type WriteSettings } from './writes/writes.ts'

/** Every endpoint of the provider API with the versions that have it. */
export const endpoints: readonly Endpoint[] = [
  ...applicationEndpoints,
  ...enrolmentEndpoints,
  ...participantEndpoints,
  ...outcomeEndpoints,
  ...declarationEndpoints,
  ...statementEndpoints,
  ...deliveryPartnerEndpoints,
  ...feedEndpoints,
]

export type ApiSettings = TokenSettings &
  WriteSettings &
  FeedSettings & {
    /** what time it is for a provider */
    clockOf: (provider: Provider) => Clock | Promise<Clock>
  }

export type Provider = NonNullable<KnownToken['provider']>

declare module 'fastify' {
  interface FastifyInstance {
    feed: Feed
  }
  interface FastifyRequest {
    /** the provider whose token the request presents */
    caller: Provider | null
    /** the request's own clock */
    clock: Clock
  }
}

/** Registers each endpoint once for every version that has it. */
export function registerApi(app: FastifyInstance, settings: ApiSettings, served: readonly Version[] = versions): void {
  app.decorateRequest('caller', null)
  app.decorateRequest('clock')
  app.decorate('feed', makeFeed(app, settings))
  registerQualifications(app, settings)
  for (const version of served) registerSurface(app, settings, published(endpoints, version))
}

/** Registers what a surface has, for providers who present a token. */
export function registerSurface(app: FastifyInstance, settings: ApiSettings, surface: Surface): void {
  app.register(async (api) => registerEndpoints(api, settings, surface), { prefix: `/api/${surface.name}` })
}

function registerEndpoints(api: FastifyInstance, settings: ApiSettings, { name, endpoints: own, version }: Surface) {
  api.addHook('onRequest', async (request) => {
    const known = await authenticate(settings, request, 'lead_provider')
    if (!known?.provider) throw unauthorised()
    request.caller = known.provider
  })
  api.addHook('onRequest', async (request) => {
    request.clock = await settings.clockOf(request.caller as Provider)
  })
  honourServerDate(api, settings.environment)
  const write = makeWrites(settings)
  const paths = new Set(own.map(({ path }) => path))
  for (const endpoint of own) {
    api.route({
      method: endpoint.method,
      url: endpoint.path.replace(/\{(\w+)\}/, ':$1'),
      config: { route: `/api/${name}${endpoint.path}`, holds: endpoint.format === 'json' && endpoint.holds === true },
      handler: (request, reply) => answer(endpoint, settings, request, reply),
    })
    // a list that exists as CSV alone
    const list = endpoint.path.replace(/\.csv$/, '')
    if (endpoint.format === 'csv' && !paths.has(list)) {
      api.get(list, async () => {
        throw notAcceptable()
      })
    }
  }

  async function answer(endpoint: Endpoint, { reads }: ApiSettings, request: FastifyRequest, reply: FastifyReply) {
    const suffix = suffixOf(decodedPath(request.originalUrl))
    if (hasCsvForm(endpoint, own) && suffix !== undefined && suffix !== 'json') throw notAcceptable()
    const provider = request.caller as Provider
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const call: Omit<Call, 'db'> = {
      version,
      provider,
      query: readQuery(request.raw.url?.split('?').slice(1).join('?') ?? ''),
      id: idOf(endpoint, request),
      name: (request.params as { name?: string }).name ?? '',
      body: request.body,
      act: { ...momentOf(request.clock), author: author.leadProvider(provider.id) },
      token: request.token?.id ?? 0,
      signal: gone.signal,
      feed: api.feed,
    }
    const handle = (db: Database) => endpoint.handle({ ...call, db })
    if (endpoint.method === 'GET') {
      const newest = endpoint.format === 'json' && endpoint.newest === true
      const sent = await (newest ? reads.readNewest(provider.id, handle) : reads.read(provider.id, handle))
      if (endpoint.format === 'csv') return reply.type('text/csv').send(sent)
      return reply.type('application/json').send(JSON.stringify(sent))
    }
    const path = `/api/${name}${endpoint.path.replace('{id}', call.id).replace('{name}', call.name)}`
    const dryRun = readDryRun(call.query)
    if (dryRun) reply.header('dry-run', 'true')
    const sent = {
      providerId: provider.id,
      key: takesKey(endpoint) ? readKey(request) : undefined,
      request: fingerprintOf(endpoint.method, path, call.body),
      dryRun,
    }
    const { status, body, replayed } = await write(sent, dryRun ? (db) => foreseen(endpoint as JsonEndpoint, { ...call, db }) : handle)
    if (replayed) reply.header('idempotency-replayed', 'true')
    return reply.code(status).type('application/json').send(body)
  }
}

/** What a write answers, with what would become of it. */
async function foreseen({ handle, foresees }: JsonEndpoint, call: Call) {
  const answer = await handle(call)
  const more = foresees && { [foresees.name]: await foresees.look(call, answer) }
  return { ...(answer as object), meta: { dry_run: true, ...more } }
}

function idOf(endpoint: Endpoint, request: FastifyRequest): string {
  if (!endpoint.path.includes('{id}')) return ''
  const { id } = request.params as { id: string }
  // the same answer as for an id that does not exist
  found(isUuid(id))
  return id.toLowerCase()
}
