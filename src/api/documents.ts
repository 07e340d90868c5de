import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { endpoints } from './index.ts'
import { openApiJson, openApiYaml } from './openapi.ts'
import type { Version } from './versions.ts'

/** Serves the OpenAPI documents, which any site may read. */
export function registerDocuments(app: FastifyInstance, publicUrl: string, served: readonly Version[]): void {
  for (const version of served) {
    for (const [name, type, text] of [
      ['swagger.yaml', 'application/yaml', openApiYaml(endpoints, version, publicUrl)],
      ['openapi.json', 'application/json', openApiJson(endpoints, version, publicUrl)],
    ] as const) {
      const tag = `"${createHash('sha256').update(text).digest('base64url')}"`
      app.get(`/api/docs/${version}/${name}`, async (request, reply) => {
        reply.header('access-control-allow-origin', '*').header('etag', tag)
        return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.type(type).send(text)
      })
    }
  }
}
