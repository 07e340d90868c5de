import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

const data = "default-src 'none'; frame-ancestors 'none'"
const page = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The security headers of every answer (01 section 18). */
export async function secureHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: false,
    // the OpenAPI documents may be read by any site, so these two are left to the CORS header
    crossOriginResourcePolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    dnsPrefetchControl: false,
  })
  app.addHook('onSend', async (request, reply) => {
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html')
    reply.header('content-security-policy', isPage ? page : data)
    reply.header('referrer-policy', 'origin-when-cross-origin, strict-origin-when-cross-origin')
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=631138519')
  })
}
