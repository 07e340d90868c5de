import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { endpoints } from './index.ts'
import { openApiJson, openApiYaml } from './openapi.ts'
import type { Version } from './versions.ts'

/** Serves the OpenAPI documents, which any site may read; each is written when it is first asked for, so that the server starts sooner. */
export function registerDocuments(app: FastifyInstance, publicUrl: string, served: readonly Version[]): void {
  for (const version of served) {
    for (const [name, type, write] of [
      ['swagger.yaml', 'application/yaml', openApiYaml],
      ['openapi.json', 'application/json', openApiJson],
    ] as const) {
      let document: { text: string; tag: string } | undefined
      app.get(`/api/docs/${version}/${name}`, async (request, reply) => {
        document ??= tagged(write(endpoints, version, publicUrl))
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
