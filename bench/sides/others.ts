import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { freePort } from '../../test/support/free-port.ts'
import { onServer } from '../dataset/kept.ts'
import { say } from '../say.ts'
import { type Environment, run, serve } from './process.ts'
import { type Side, tokenKey } from './service.ts'

const folder = new URL('../others/', import.meta.url).pathname
const directus = `${folder}node_modules/directus/cli.js`
const adminToken = 'bench'

/** Installs Express, TypeORM and Directus in a folder of their own, where they are not there yet. */
export async function installOthers(): Promise<void> {
  const installed = `${folder}node_modules/.bench`
  if (existsSync(installed)) return
  say('installing what others would build, for this run and later ones')
  // nothing is compiled: what Directus would compile, the bench does not use
  await run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'])
  await writeFile(installed, '')
}

/** Makes Directus's own tables beside those of a dataset, in a schema of their own, where they are not there yet. */
export async function prepareDirectus(url: string): Promise<void> {
  const there = await onServer(url, (client) => client.query("select from pg_namespace where nspname = 'directus'"))
  if (there.rowCount === 1) return
  await onServer(url, (client) => client.query('create schema directus'))
  await run(process.execPath, [directus, 'bootstrap'], await environment(url, 0))
}

/** Express 5 and TypeORM over the same tables. */
export async function startExpress(url: string, token: string): Promise<Side> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = { DATABASE_URL: url, TOKEN_KEY: tokenKey, PORT: String(port), PGAPPNAME: 'express', NODE_ENV: 'production' }
  const running = await serve([`${folder}express.js`], env, origin)
  return { ...running, origin, headers: { authorization: `Bearer ${token}` }, application: 'express' }
}

/** Directus over the same tables. */
export async function startDirectus(url: string): Promise<Side> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const running = await serve([directus, 'start'], await environment(url, port), `${origin}/server/ping`, folder)
  await rm(`${folder}uploads`, { recursive: true, force: true })
  return { ...running, origin, headers: { authorization: `Bearer ${adminToken}` }, application: 'directus' }
}

async function environment(url: string, port: number): Promise<Environment> {
  const { hostname, port: databasePort, username, password, pathname } = new URL(url)
  return {
    DB_CLIENT: 'pg',
    DB_HOST: hostname,
    DB_PORT: databasePort || '5432',
    DB_DATABASE: pathname.slice(1),
    DB_USER: decodeURIComponent(username),
    DB_PASSWORD: decodeURIComponent(password) || 'none',
    DB_SEARCH_PATH: 'array:directus,public',
    PGAPPNAME: 'directus',
    HOST: '127.0.0.1',
    PORT: String(port),
    KEY: 'bench',
    SECRET: tokenKey,
    ADMIN_EMAIL: 'bench@example.org',
    ADMIN_PASSWORD: 'bench',
    ADMIN_TOKEN: adminToken,
    SERVE_APP: 'false',
    TELEMETRY: 'false',
    LOG_LEVEL: 'error',
    CACHE_ENABLED: 'false',
    RATE_LIMITER_ENABLED: 'false',
    NODE_ENV: 'production',
  }
}
