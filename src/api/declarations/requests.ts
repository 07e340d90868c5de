import { Type } from 'typebox'
import { courseIdentifiers, declarationTypes } from '../../words.ts'
import type { Named, RequestBody } from '../endpoint.ts'
import { exampleIds, exampleMoments, exampleSecondPartner } from '../examples.ts'
import { Choice, DateTime, Flag, Nullable, Uuid } from '../representation.ts'
import { reference } from '../schemas.ts'
import { perVersion, type Version } from '../versions.ts'

const example = {
  participant_id: exampleIds.participant,
  declaration_type: 'started',
  declaration_date: exampleMoments.reached,
  course_identifier: 'npq-headship',
}

const neverNeeded = 'Never needed, and not shown in this version.'
const neededWhen = perVersion({ v1: neverNeeded, v2: neverNeeded, v3: 'Needed for participants in England from cohort 2024 on.' })

const namesPartner = perVersion({ v1: false, v2: false, v3: true })

/** The body of a new declaration: one schema a kind of milestone. */
export function declareBody(version: Version): RequestBody {
  const kinds: Named[] = [
    kind('ParticipantDeclarationStartedRequest', ['started'], version),
    kind('ParticipantDeclarationRetainedRequest', ['retained-1', 'retained-2'], version),
    kind('ParticipantDeclarationCompletedRequest', ['completed'], version),
  ]
  return {
    name: 'ParticipantDeclarationRequest',
    type: 'participant-declaration',
    attributes: Type.Unsafe({ anyOf: kinds.map(({ name }) => reference(name)) }),
    uses: kinds,
    required: true,
    example: { ...example, ...(namesPartner(version) && { delivery_partner_id: exampleIds.partner }) },
  }
}

function kind(name: string, types: (typeof declarationTypes)[number][], version: Version): Named {
  const schema = Type.Object({
    participant_id: { ...Uuid, description: 'The participant who reached the milestone.', examples: [exampleIds.participant] },
    declaration_type: { ...Choice(types), description: 'The milestone.' },
    declaration_date: {
      ...DateTime,
      description: 'When it was reached: not before the first day of the participant’s schedule, not in the future.',
      examples: [exampleMoments.reached],
    },
    course_identifier: { ...Choice(courseIdentifiers), description: 'The course of the participant’s accepted application.' },
    ...(types.includes('completed') && {
      has_passed: { ...Flag, description: 'Whether the participant passed. Needed for leadership and specialist courses, not read for others.' },
    }),
    delivery_partner_id: Type.Optional({
      ...Nullable(Uuid),
      description: `The partner that delivers the training. ${neededWhen(version)}`,
    }),
    secondary_delivery_partner_id: Type.Optional({ ...Nullable(Uuid), description: 'A second partner that delivers the training.' }),
  })
  return { name, schema }
}

export function changeDeliveryPartnerBody(): RequestBody {
  return {
    name: 'ParticipantDeclarationChangeDeliveryPartnerRequest',
    type: 'participant-declaration',
    attributes: Type.Object({
      participant_id: Type.Optional({ ...Uuid, deprecated: true, description: 'Not read.' }),
      declaration_type: Type.Optional({ ...Choice(declarationTypes), deprecated: true, description: 'Not read.' }),
      delivery_partner_id: { ...Uuid, description: 'The partner that delivers the training.' },
      secondary_delivery_partner_id: Type.Optional({
        ...Nullable(Uuid),
        description: 'A second partner that delivers the training; left out, none is named any more.',
      }),
    }),
    required: true,
    example: { delivery_partner_id: exampleIds.partner, secondary_delivery_partner_id: exampleSecondPartner.id },
  }
}
