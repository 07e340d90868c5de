import { Type } from 'typebox'
import { wireInstant } from '../../clock.ts'
import { actorOf } from '../../domain/author.ts'
import type { ChangeRow } from '../../domain/feed/records.ts'
import { application } from '../applications/representation.ts'
import { declaration } from '../declarations/representation.ts'
import { deliveryPartner } from '../delivery-partners/representation.ts'
import { exampleIds, exampleMoments } from '../examples.ts'
import { outcome } from '../outcomes/representation.ts'
import { participant } from '../participants/representation.ts'
import { Choice, DateTime, is, represent, Text, Uuid } from '../representation.ts'
import { statement } from '../statements/representation.ts'
import { changedAttributes } from './attributes.ts'

/** A change as one provider is told of it. */
export type ChangeView = ChangeRow & Readonly<{ cursor: string; providerId: number }>

/** Every resource as the feed names it, by the noun under which its changes are kept. */
export const resources = { application, participant, declaration, outcome, statement, delivery_partner: deliveryPartner } as const

const resourceTypes = Object.values(resources).map(({ type }) => type)
const actors = ['you', 'another_provider', 'department', 'participant'] as const

export const change = represent<ChangeView>('change', {
  cursor: is(Text, (c) => c.cursor, 'Stands for the place of this change: ask for what comes after it.', exampleCursor()),
  resource_type: is(Choice(resourceTypes), (c) => resources[c.resource].type, 'The `type` of the resource that changed.', 'npq_application'),
  resource_id: is(Uuid, (c) => c.resource_id, 'Its `id`.', exampleIds.application),
  kind: is(
    Choice(['created', 'updated', 'removed']),
    (c) => c.kind,
    'Whether the resource is new to you, changed, or is not yours to see any more.',
    'updated',
  ),
  changed_attributes: is(
    Type.Array(Text),
    (c) => changedAttributes(c.resource, c.columns),
    'Names of the attributes that may have another value now, in alphabetical order. Empty where the resource was created or removed.',
    ['funded_place', 'schedule_identifier', 'status', 'updated_at'],
  ),
  changed_at: is(DateTime, (c) => wireInstant(c.created_at), 'When it changed.', exampleMoments.accepted),
  changed_by: is(Choice(actors), changedBy, 'Who changed it.', 'you'),
})

/** A cursor as it looks, with which nothing can be read. */
export function exampleCursor(): string {
  return Buffer.from('an example of what stands for a place in the feed'.slice(0, 48)).toString('base64url')
}

function changedBy({ author, providerId }: ChangeView): (typeof actors)[number] {
  const actor = actorOf(author)
  if (typeof actor === 'string') return actor
  return actor.providerId === providerId ? 'you' : 'another_provider'
}
