import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { collectionFiles } from './collections/files.ts'
import { asYaml, type documentOf } from './openapi.ts'

type ApiDocument = ReturnType<typeof documentOf>
type File = Readonly<{ name: string; type: string; write: (document: ApiDocument) => string; download?: true }>

const files: readonly File[] = [
  { name: 'swagger.yaml', type: 'application/yaml', write: asYaml },
  { name: 'openapi.json', type: 'application/json', write: (document) => JSON.stringify(document) },
  ...Object.entries(collectionFiles).map(([name, write]) => ({ name, type: 'application/json', write, download: true }) as const),
]

/**
 * Serves OpenAPI documents, and what is made from them for API clients; any site may read them. Each is written when it is first asked
 * for, so that the server starts sooner.
 */
export function registerDocuments(app: FastifyInstance, documents: readonly ApiDocument[]): void {
  for (const served of documents) {
    const { version } = served.info
    for (const { name, type, write, download } of files) {
      let document: { text: string; tag: string } | undefined
      app.get(`/api/docs/${version}/${name}`, async (request, reply) => {
        document ??= tagged(write(served))
        const { text, tag } = document
        reply.header('access-control-allow-origin', '*').header('etag', tag)
        if (download) reply.header('content-disposition', `attachment; filename="npq-${version}-${name}"`)
        return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.type(type).send(text)
      })
    }
  }
}

function tagged(text: string) {
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url')}"` }
}
