import { Type } from 'typebox'
import { application } from '../../api/applications/representation.ts'
import { type Attributes, readAttributes, textAttribute } from '../../api/body.ts'
import type { Call, Endpoint, JsonEndpoint } from '../../api/endpoint.ts'
import { broken } from '../../api/problems.ts'
import { Choice, Flag, Text, Uuid } from '../../api/representation.ts'
import { listOf } from '../../api/schemas.ts'
import { versions } from '../../api/versions.ts'
import { listApplications } from '../../domain/applications/records.ts'
import { possibleRefusals } from '../../domain/rules.ts'
import { refused, wrongStructure } from '../../http/problems.ts'
import { courseIdentifiers } from '../../words.ts'
import { makeApplications, makeApplicationsRules, mostApplications, type Wanted, workplaces } from './make.ts'

const attributes = Type.Object({
  count: Type.Optional(
    Type.Unsafe<number>({
      type: 'integer',
      minimum: 1,
      maximum: mostApplications,
      default: 1,
      description: 'How many are made, each of a new person.',
    }),
  ),
  course_identifier: Type.Optional({ ...Choice(courseIdentifiers), description: 'The course; headship where it is left out.' }),
  cohort: Type.Optional({ ...Text, description: 'The cohort with its suffix; the newest that registers where it is left out.', examples: ['2026b'] }),
  eligible_for_funding: Type.Optional({ ...Flag, description: 'Whether the applicant is; where that can be, if it is left out.' }),
  workplace: Type.Optional({ ...Choice(workplaces), description: 'Where the applicant works; a school where it is left out.' }),
  participant_id: Type.Optional({ ...Uuid, description: 'Somebody who has applied to you before, in the place of a new person.' }),
  full_name: Type.Optional({ ...Text, description: 'What the new person is called.' }),
  email: Type.Optional({ ...Text, description: 'Their address. No mail is sent to it.', examples: ['amara@school.example'] }),
  teacher_reference_number: Type.Optional({ ...Text, description: 'Their TRN; one that nobody has where it is left out.', examples: ['7000001'] }),
})
export const applicationAttributes = Object.keys(attributes.properties) as (keyof (typeof attributes)['properties'])[]

const make: JsonEndpoint = {
  format: 'json',
  method: 'POST',
  path: '/applications',
  versions,
  tag: 'Sandbox applications',
  operationId: 'makeApplications',
  summary: 'Make applications',
  description: `Up to ${mostApplications} pending applications of invented people to you, as if they had just applied. Everything may be left out.`,
  body: () => ({ name: 'ApplicationsRequest', type: 'sandbox-application', attributes, required: false, example: { count: 3, cohort: '2026b' } }),
  answer: listOf('ApplicationsResponse', 'Application', application),
  refusals: possibleRefusals(makeApplicationsRules),
  problems: () => [wrongStructure(), broken(makeApplicationsRules, 'count')],
  handle: (call) => made(call, wantedOf(readAttributes(call.body, applicationAttributes, 'optional'))),
}

export const applicationEndpoints: readonly Endpoint[] = [make]

async function made({ db, provider, act, version }: Call, wanted: Wanted) {
  const { refusals, value: ids } = await makeApplications(db, { ...act, provider, ...wanted })
  if (ids === undefined) throw refused(refusals)
  return application.many(version, await listApplications(db, { providerId: provider.id, ids }, { limit: ids.length, offset: 0 }))
}

/** What is wanted, from attributes as they were sent. */
export function wantedOf(sent: Attributes<(typeof applicationAttributes)[number]>): Wanted {
  return {
    count: sent.count ?? undefined,
    courseIdentifier: textAttribute(sent.course_identifier),
    cohort: textAttribute(sent.cohort),
    eligible: sent.eligible_for_funding ?? undefined,
    workplace: textAttribute(sent.workplace),
    participantId: textAttribute(sent.participant_id)?.toLowerCase(),
    fullName: textAttribute(sent.full_name),
    email: textAttribute(sent.email),
    trn: textAttribute(sent.teacher_reference_number),
  }
}
