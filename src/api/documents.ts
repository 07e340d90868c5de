import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { asYaml, type documentOf } from './openapi.ts'

/** Serves OpenAPI documents, which any site may read; each is written when it is first asked for, so that the server starts sooner. */
export function registerDocuments(app: FastifyInstance, documents: readonly ReturnType<typeof documentOf>[]): void {
  for (const served of documents) {
    for (const [name, type, write] of [
      ['swagger.yaml', 'application/yaml', asYaml],
      ['openapi.json', 'application/json', JSON.stringify],
    ] as const) {
      let document: { text: string; tag: string } | undefined
      app.get(`/api/docs/${served.info.version}/${name}`, async (request, reply) => {
        document ??= tagged(write(served))
        const { text, tag } = document
        reply.header('access-control-allow-origin', '*').header('etag', tag)
        return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.type(type).send(text)
      })
    }
  }
}

function tagged(text: string) {
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url')}"` }
}
