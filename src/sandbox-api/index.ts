import type { FastifyInstance } from 'fastify'
import type { Surface } from '../api/endpoint.ts'
import type { Provider } from '../api/index.ts'
import { newestVersion } from '../api/versions.ts'
import type { Database } from '../db/connect.ts'
import { accessEndpoints } from './access/routes.ts'
import { applicationEndpoints } from './applications/routes.ts'
import { clockOf } from './clock/clock.ts'
import { clockEndpoints } from './clock/routes.ts'
import { type PageSettings, registerPages } from './pages/pages.ts'
import { scenarios } from './scenarios/make.ts'
import { scenarioEndpoints } from './scenarios/routes.ts'
import type { SandboxSettings } from './settings.ts'

/** What a sandbox has beside the API, so that a provider's developer makes any situation alone. */
export function makeSandbox(settings: SandboxSettings) {
  const surface: Surface = {
    name: 'sandbox',
    title: 'NPQ sandbox',
    description: 'What the test environment has beside the API: make any situation, move your own day, watch money arrive, and put everything back.',
    endpoints: [...applicationEndpoints, ...scenarioEndpoints, ...clockEndpoints(settings.clock), ...accessEndpoints(settings)],
    version: newestVersion,
  }
  return {
    surface,
    /** the name of the situation that shows each code */
    shownBy: new Map([...scenarios.values()].flatMap(({ name, code }) => (code === undefined ? [] : [[code, name] as const])).reverse()),
    clockOf: (db: Database, provider: Provider) => clockOf(db, settings.clock, provider),
    registerPages: (app: FastifyInstance, parts: Omit<PageSettings, keyof SandboxSettings>) => registerPages(app, { ...settings, ...parts }),
  }
}
