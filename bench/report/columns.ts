import { nameOf } from '../asked/asked.ts'
import type { Compared } from '../results.ts'
import { digits, ratio } from './ratios.ts'

/** The table of everything that was asked: its columns, from a request's name to its ratios. */
export const columns: readonly [title: string, cell: (compared: Compared) => string][] = [
  ['Request', nameOf],
  ['Rows', ({ rows }) => rows.toLocaleString('en')],
  ['KB', ({ bytes }) => digits(bytes / 1000)],
  ['Requests/s', ({ sides }) => digits(sides.service?.rate)],
  ['p50 ms', ({ sides }) => digits(sides.service?.p50)],
  ['p99 ms', ({ sides }) => digits(sides.service?.p99)],
  ['Node ms', ({ sides }) => digits(sides.service?.node)],
  ['PostgreSQL ms', ({ sides }) => digits(sides.service?.postgres)],
  ['Bare Node ms', ({ sides }) => digits(sides.bare?.node)],
  ['pgbench PostgreSQL ms', ({ sides }) => digits(sides.pgbench?.postgres)],
  ['of bare Node', (compared) => digits(ratio(compared, 'bare'))],
  ['of pgbench', (compared) => digits(ratio(compared, 'pgbench'))],
  ['× Express', (compared) => digits(ratio(compared, 'express'))],
  ['× Directus', (compared) => digits(ratio(compared, 'directus'))],
]
