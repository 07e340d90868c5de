import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const own = new URL('./assets/', import.meta.url).pathname

/** GOV.UK's stylesheet without the typeface and the crest, which only services on GOV.UK domains may use. */
const govuk = readFileSync(new URL('../../node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css', import.meta.url), 'utf8')
  .replace(/@font-face\{[^}]*\}/g, '')
  .replaceAll('GDS Transport,', '')
  .replace(/url\(\/assets\/images\/govuk-crest\.svg\)/g, 'none')

/** GOV.UK's own script for the menu of small screens. */
const menu = readFileSync(
  new URL('../../node_modules/govuk-frontend/dist/govuk/components/service-navigation/service-navigation.bundle.mjs', import.meta.url),
  'utf8',
).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')

const names = ['site.css', 'site.js', 'reference.js', 'favicon.svg']
/** Changes with the assets, so that browsers may keep them for ever. */
export const assetVersion = createHash('sha256')
  .update(govuk)
  .update(menu)
  .update(names.map((name) => readFileSync(own + name, 'utf8')).join(''))
  .digest('hex')
  .slice(0, 12)

/** Styles, the script and the icon of the pages, under `/assets`. */
export function registerAssets(app: FastifyInstance): void {
  app.register(async (assets) => {
    assets.addHook('onSend', async (_request, reply) => {
      if (reply.statusCode === 200) reply.header('cache-control', 'public, max-age=31536000, immutable')
    })
    assets.get('/assets/govuk.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(govuk))
    assets.get('/assets/menu.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(menu))
    await assets.register(fastifyStatic, { root: own, prefix: '/assets/', cacheControl: false, wildcard: false })
  })
}
