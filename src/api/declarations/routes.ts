import { changeDeliveryPartner, changeDeliveryPartnerRules } from '../../domain/declarations/change-delivery-partner.ts'
import { declare, OutcomeNotRecorded } from '../../domain/declarations/declare.ts'
import { declaredOnceRefusal, declareRefusals } from '../../domain/declarations/declare-rules.ts'
import {
  type DeclarationFilter,
  type DeclarationView,
  eachDeclaration,
  findDeclaration,
  listDeclarations,
} from '../../domain/declarations/records.ts'
import { voidDeclaration, voidRules } from '../../domain/declarations/void.ts'
import { possibleRefusals, type Verdict } from '../../domain/rules.ts'
import { badRequest, found, notFound, refused, wrongStructure } from '../../http/problems.ts'
import { readAttributes, textAttribute } from '../body.ts'
import { changed, sentTo } from '../changes.ts'
import { csvStream } from '../csv.ts'
import type { Call, CsvEndpoint, Endpoint, JsonEndpoint } from '../endpoint.ts'
import { exampleMoments, exampleSecondPartner } from '../examples.ts'
import { readCohorts, readInstant, readUuids, unreadableInstant } from '../filters.ts'
import { readPage } from '../paging.ts'
import { broken, madeByAnother } from '../problems.ts'
import { cohortFilter, csvOf, filterSchema, listOf, participantIdFilter, singleOf, updatedSinceFilter } from '../schemas.ts'
import { perVersion, type Version, versions, versionsWith } from '../versions.ts'
import { declarationColumns } from './csv.ts'
import { foresees } from './payment.ts'
import { declaration } from './representation.ts'
import { changeDeliveryPartnerBody, declareBody } from './requests.ts'

const tag = 'Participant declarations'
const single = singleOf('ParticipantDeclarationResponse', 'ParticipantDeclaration', declaration)

const list: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/participant-declarations',
  versions,
  tag,
  operationId: 'listDeclarations',
  summary: 'List declarations',
  description: 'Every declaration that you made, in any state, oldest first.',
  filters: filtersOf,
  paged: true,
  answer: listOf('ParticipantDeclarationsResponse', 'ParticipantDeclaration', declaration),
  problems: () => [unreadableInstant('updated_since')],
  async handle(call) {
    return declaration.many(call.version, await listDeclarations(call.db, readFilter(call), readPage(call.query)))
  },
}

const csv: CsvEndpoint = {
  format: 'csv',
  method: 'GET',
  path: '/participant-declarations.csv',
  versions: versionsWith({ v1: true, v2: true, v3: false }),
  tag,
  operationId: 'listDeclarationsAsCsv',
  summary: 'Download declarations as CSV',
  description: 'Every matching declaration in one file. There are no pages. Where nothing matches, the file is empty.',
  filters: filtersOf,
  answer: (version) => csvOf('DeclarationsCsvResponse', 'DeclarationCsv', declarationColumns(version), declaration.example)(version),
  problems: () => [unreadableInstant('updated_since')],
  async handle(call) {
    return csvStream(declarationColumns(call.version), eachDeclaration(call.db, readFilter(call)), false)
  },
}

const show: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/participant-declarations/{id}',
  versions,
  tag,
  operationId: 'getDeclaration',
  summary: 'Get one declaration',
  description: 'The declaration as it stands now. Its state follows what is paid.',
  answer: single,
  problems: () => [notFound()],
  async handle(call) {
    return declaration.one(call.version, await visible(call))
  },
}

const declareEndpoint: JsonEndpoint = {
  format: 'json',
  method: 'POST',
  path: '/participant-declarations',
  versions,
  tag,
  operationId: 'createDeclaration',
  summary: 'Declare that a participant reached a milestone',
  description:
    'A declaration that can be funded goes on your next statement at once. You can declare each milestone once; to declare it again, void the first declaration.',
  body: declareBody,
  answer: single,
  refusals: declareRefusals,
  problems: () => [wrongStructure(), refused([declaredOnceRefusal])],
  async handle(call) {
    const sent = readAttributes(call.body, attributesOfDeclaration, 'required')
    const { refusals, declarationId } = await declare(call.db, {
      ...call.act,
      providerId: call.provider.id,
      participantId: textAttribute(sent.participant_id),
      declarationType: textAttribute(sent.declaration_type),
      declarationDate: textAttribute(sent.declaration_date),
      courseIdentifier: textAttribute(sent.course_identifier),
      hasPassed: sent.has_passed,
      deliveryPartnerId: sent.delivery_partner_id,
      secondaryDeliveryPartnerId: sent.secondary_delivery_partner_id,
      asksForPartner: asksForPartner(call.version),
    }).catch((error: unknown) => {
      throw error instanceof OutcomeNotRecorded ? badRequest('outcome_not_recorded', outcomeDetail) : error
    })
    if (declarationId === undefined) throw refused(refusals)
    return declaration.one(call.version, await visible({ ...call, id: declarationId }))
  },
  foresees,
}

const voidEndpoint: JsonEndpoint = {
  format: 'json',
  method: 'PUT',
  path: '/participant-declarations/{id}/void',
  versions,
  tag,
  operationId: 'voidDeclaration',
  summary: 'Void a declaration, or claw it back',
  description: 'What has not been paid is voided; what has been is clawed back with your next statement. No body is needed.',
  answer: single,
  refusals: possibleRefusals(voidRules),
  problems: (version) => [...problemsOfChange(version), broken(voidRules, 'declaration')],
  makes: { state: 'voided', voided: true, eligible_for_payment: false, statement_id: null, updated_at: exampleMoments.changed },
  async handle(call) {
    return shown(call, await voidDeclaration(call.db, { ...call.act, providerId: call.provider.id, declarationId: call.id }))
  },
}

const changeDeliveryPartnerEndpoint: JsonEndpoint = {
  format: 'json',
  method: 'PUT',
  path: '/participant-declarations/{id}/change-delivery-partner',
  versions: versionsWith({ v1: false, v2: false, v3: true }),
  tag,
  operationId: 'changeDeliveryPartner',
  summary: 'Change the delivery partners of a declaration',
  description: 'Both partners are replaced, whatever state the declaration is in. A secondary partner that you leave out is taken off.',
  body: changeDeliveryPartnerBody,
  answer: single,
  refusals: possibleRefusals(changeDeliveryPartnerRules),
  problems: (version) => [wrongStructure(), ...problemsOfChange(version), broken(changeDeliveryPartnerRules, 'delivery_partner')],
  makes: {
    secondary_delivery_partner_id: exampleSecondPartner.id,
    secondary_delivery_partner_name: exampleSecondPartner.name,
    updated_at: exampleMoments.changed,
  },
  async handle(call) {
    const sent = await sentTo(
      () => own(call),
      () => readAttributes(call.body, ['delivery_partner_id', 'secondary_delivery_partner_id'], 'required'),
    )
    const verdict = await changeDeliveryPartner(call.db, {
      ...call.act,
      providerId: call.provider.id,
      declarationId: call.id,
      deliveryPartnerId: textAttribute(sent.delivery_partner_id),
      secondaryDeliveryPartnerId: textAttribute(sent.secondary_delivery_partner_id),
    })
    return shown(call, verdict)
  },
}

export const declarationEndpoints: readonly Endpoint[] = [list, csv, declareEndpoint, show, voidEndpoint, changeDeliveryPartnerEndpoint]

const asksForPartner = perVersion({ v1: false, v2: false, v3: true })

const attributesOfDeclaration = [
  'participant_id',
  'declaration_type',
  'declaration_date',
  'course_identifier',
  'has_passed',
  'delivery_partner_id',
  'secondary_delivery_partner_id',
] as const

const outcomeDetail =
  'The outcome in #/has_passed could not be recorded, so the declaration was not saved either. Get in touch with us, and say when you sent it.'

const narrowsToCohorts = perVersion({ v1: false, v2: false, v3: true })

function filtersOf(version: Version) {
  return filterSchema('ListParticipantDeclarationsFilter', {
    ...(narrowsToCohorts(version) && { cohort: cohortFilter }),
    participant_id: participantIdFilter,
    updated_since: updatedSinceFilter,
  })
}

function readFilter(call: Call): DeclarationFilter {
  const { query } = call
  return {
    ...visibility(call),
    cohorts: narrowsToCohorts(call.version) ? readCohorts(query.filterList('cohort').join(',') || query.filter('cohort')) : undefined,
    updatedSince: readInstant(query.filter('updated_since'), 'updated_since'),
    participantIds: readUuids(query.filter('participant_id'), 'participant_id'),
  }
}

/** Whether a provider reads what others declared for the applications that it holds now (04 section 7.1). */
const readsTransferred = perVersion({ v1: false, v2: false, v3: true })

function visibility({ provider, version }: Call) {
  return { providerId: provider.id, withTransferred: readsTransferred(version) }
}

async function visible(call: Call): Promise<DeclarationView> {
  return found(await findDeclaration(call.db, visibility(call), call.id))
}

/** What the caller does not see is not there; what it sees but did not make, it may not change. */
async function own(call: Call): Promise<DeclarationView> {
  const view = await visible(call)
  if (view.lead_provider_id !== call.provider.id) throw madeByAnother()
  return view
}

async function shown(call: Call, verdict: Verdict) {
  return declaration.one(call.version, await changed(verdict, () => own(call)))
}

function problemsOfChange(version: Version) {
  return readsTransferred(version) ? [notFound(), madeByAnother()] : [notFound()]
}
