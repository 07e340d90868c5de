import type { FastifyInstance } from 'fastify'
import { qualificationsOf } from '../../domain/outcomes/qualifications.ts'
import { unauthorised } from '../../http/problems.ts'
import { authenticate, type TokenSettings } from '../authentication.ts'

const prefixes = ['/api/teacher-record-service/v1', '/api/teaching-record-system/v1']

/** What the teacher record service reads with a token of its own (01 section 19.1). Both paths answer alike. */
export function registerQualifications(app: FastifyInstance, settings: TokenSettings): void {
  for (const prefix of prefixes) {
    app.get<{ Params: { trn: string } }>(
      `${prefix}/qualifications/:trn`,
      { config: { route: `${prefix}/qualifications/{trn}` } },
      async (request, reply) => {
        if (!(await authenticate(settings, request, 'teacher_record_service'))) throw unauthorised()
        // a suffix means nothing here, and no TRN holds a NUL, which the database would refuse
        const trn = request.params.trn.replace(/\.[A-Za-z]+$/, '').replaceAll('\0', '')
        const passed = await qualificationsOf(settings.db, trn)
        const qualifications = passed.map(({ completion_date, short_code }) => ({ award_date: String(completion_date), npq_type: short_code }))
        return reply.type('application/json').send(JSON.stringify({ data: { trn, qualifications } }))
      },
    )
  }
}
