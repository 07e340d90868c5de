import { Type } from 'typebox'
import { wireInstant } from '../../clock.ts'
import type { DeliveryPartnerView } from '../../domain/delivery-partners/records.ts'
import { DateTime, is, represent, Text } from '../representation.ts'

const Years = Type.Unsafe<number[]>({ type: 'array', items: { type: 'integer' }, minItems: 1 })

export const deliveryPartner = represent<DeliveryPartnerView>('delivery-partner', {
  name: is(Text, (p) => p.name, 'Name of the organisation.', 'Harbour Learning Hub'),
  cohort: is(Years, (p) => p.cohorts, 'Start years of the cohorts in which it works with you, ascending.', [2025, 2026]),
  created_at: is(DateTime, (p) => wireInstant(p.created_at), 'When the partner was added.', '2025-04-14T10:00:00Z'),
  updated_at: is(
    DateTime,
    (p) => wireInstant(p.updated_at),
    'When the partner’s name last changed; not when the cohorts do.',
    '2025-04-14T10:00:00Z',
  ),
})
