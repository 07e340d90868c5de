import { registerHooks } from 'node:module'

// Builds the server as the environment says, and prints which of the product's own modules were loaded for it.
const own = new URL('../../src/', import.meta.url).href
const loaded: string[] = []
registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url)
    return nextLoad(url, context)
  },
})
const { buildApp } = await import('../../src/app.ts')
const { readConfig } = await import('../../src/config.ts')
const config = readConfig(process.env)
const app = await buildApp({ config, db: {} as never, tokenKey: config.tokenKey ?? '', log: false })
const answers = await Promise.all(
  process.argv.slice(2).map(async (request) => {
    const [method = '', url = ''] = request.split(' ')
    const { statusCode } = await app.inject({ method: method as 'GET', url })
    return [request, statusCode]
  }),
)
process.stdout.write(JSON.stringify({ loaded: loaded.filter((url) => url.startsWith(own)).map((url) => url.slice(own.length)), answers }))
process.exit(0)
