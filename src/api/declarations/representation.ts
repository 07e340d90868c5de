import { wireInstant } from '../../clock.ts'
import { hasPassed, upliftPaid } from '../../domain/declarations/declaration.ts'
import type { DeclarationView } from '../../domain/declarations/records.ts'
import { courseIdentifiers, declarationTypes } from '../../words.ts'
import { exampleIds, exampleMoments } from '../examples.ts'
import { Choice, DateTime, Flag, is, Nullable, represent, shownBy, Text, Uuid } from '../representation.ts'

const states = ['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting-clawback', 'clawed-back'] as const

/** A declaration's state as every version writes it. */
export function wireState({ state }: Pick<DeclarationView, 'state'>): (typeof states)[number] {
  if (state === 'awaiting_clawback') return 'awaiting-clawback'
  return state === 'clawed_back' ? 'clawed-back' : state
}

export function isVoided({ state }: Pick<DeclarationView, 'state'>): boolean {
  return state === 'voided'
}
export function isEligibleForPayment({ state }: Pick<DeclarationView, 'state'>): boolean {
  return state === 'eligible' || state === 'payable'
}

const inV1 = shownBy({ v1: true, v2: false, v3: false })
const fromV3 = shownBy({ v1: false, v2: false, v3: true })

export const declaration = represent<DeclarationView>('participant-declaration', {
  participant_id: is(Uuid, (d) => d.participant_id, 'The participant who reached the milestone.', exampleIds.participant),
  declaration_type: is(Choice(declarationTypes), (d) => d.declaration_type, 'The milestone.', 'started'),
  course_identifier: is(Choice(courseIdentifiers), (d) => d.course_identifier, 'The course of the participant’s application.', 'npq-headship'),
  declaration_date: is(DateTime, (d) => wireInstant(d.declaration_date), 'When the milestone was reached.', exampleMoments.reached),
  state: is(Choice(states), wireState, 'Where the declaration stands between submission and payment.', 'eligible'),
  has_passed: is(Nullable(Flag), hasPassed, 'Whether the participant passed the course; null where that is not known or was voided.', null),
  voided: inV1(is(Nullable(Flag), isVoided, 'Deprecated, see `state`: whether the declaration was retracted before it was paid.', false)),
  eligible_for_payment: inV1(
    is(Nullable(Flag), isEligibleForPayment, 'Deprecated, see `state`: whether the declaration is to be paid, and has not been yet.', true),
  ),
  delivery_partner_id: fromV3(is(Nullable(Uuid), (d) => d.delivery_partner_id, 'The partner that delivers the training.', exampleIds.partner)),
  delivery_partner_name: fromV3(is(Nullable(Text), (d) => d.delivery_partner_name, 'Its name.', 'Harbour Learning Hub')),
  secondary_delivery_partner_id: fromV3(
    is(Nullable(Uuid), (d) => d.secondary_delivery_partner_id, 'A second partner that delivers the training.', null),
  ),
  secondary_delivery_partner_name: fromV3(is(Nullable(Text), (d) => d.secondary_delivery_partner_name, 'Its name.', null)),
  statement_id: fromV3(is(Nullable(Uuid), (d) => d.statement_id, 'The statement with which the declaration is paid.', exampleIds.statement)),
  application_id: fromV3(is(Uuid, (d) => d.application_id, 'The application for which the declaration was made.', exampleIds.application)),
  clawback_statement_id: fromV3(is(Nullable(Uuid), (d) => d.clawback_statement_id, 'The statement with which the payment is taken back.', null)),
  uplift_paid: fromV3(is(Flag, upliftPaid, 'Whether targeted delivery funding was paid with the declaration.', false)),
  lead_provider_name: fromV3(
    is(Text, (d) => d.lead_provider_name, 'The provider that made the declaration, and alone may change it.', 'Example Lead Provider'),
  ),
  ineligible_for_funding_reason: fromV3(
    is(
      Nullable(Choice(['duplicate_declaration'])),
      ineligibleReason,
      'Why the declaration is ineligible: it was declared for another record of the person.',
      null,
    ),
  ),
  created_at: fromV3(is(DateTime, (d) => wireInstant(d.created_at), 'When the declaration was made.', exampleMoments.declared)),
  updated_at: is(DateTime, (d) => wireInstant(d.updated_at), 'When the declaration last changed.', exampleMoments.declared),
})

function ineligibleReason({ state, state_reason }: DeclarationView): 'duplicate_declaration' | null {
  return state === 'ineligible' && state_reason === 'duplicate' ? 'duplicate_declaration' : null
}
