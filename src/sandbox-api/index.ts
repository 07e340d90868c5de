import type { Surface } from '../api/endpoint.ts'
import type { Provider } from '../api/index.ts'
import { newestVersion } from '../api/versions.ts'
import type { Clock } from '../clock.ts'
import type { Environment } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { applicationEndpoints } from './applications/routes.ts'
import { clockOf } from './clock/clock.ts'
import { clockEndpoints } from './clock/routes.ts'

export type SandboxSettings = Readonly<{
  environment: Environment
  /** the key of the token hashes */
  tokenKey: string
  /** everybody's, which the providers' own are ahead of */
  clock: Clock
}>

/** What a sandbox has beside the API, so that a provider's developer makes any situation alone. */
export function makeSandbox(settings: SandboxSettings) {
  const surface: Surface = {
    name: 'sandbox',
    title: 'NPQ sandbox',
    description: 'What the test environment has beside the API: make any situation, move your own day, watch money arrive, and put everything back.',
    endpoints: [...applicationEndpoints, ...clockEndpoints(settings.clock)],
    version: newestVersion,
  }
  return { surface, clockOf: (db: Database, provider: Provider) => clockOf(db, settings.clock, provider) }
}
