import type { Clock } from '../clock.ts'
import type { Environment } from '../config.ts'

/** What is told of the server that a sandbox is part of. */
export type SandboxSettings = Readonly<{
  environment: Environment
  /** the key of the token hashes */
  tokenKey: string
  /** everybody's, which the providers' own are ahead of */
  clock: Clock
}>
