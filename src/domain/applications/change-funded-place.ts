import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rule, refuse, thenRefuse, type Verdict } from '../rules.ts'
import type { Application } from './application.ts'
import { lockApplication } from './lock.ts'
import { hasLiveDeclaration } from './queries.ts'

export type ChangeFundedPlace = Act & {
  providerId: number
  /** public id */
  applicationId: string
  /** as it was sent, so that a text is told from a boolean */
  fundedPlace: unknown
}

export type Facts = {
  application: Pick<Application, 'lead_provider_approval_status' | 'eligible_for_funding'>
  cohort: Pick<RowOf<'cohorts'>, 'funding'> | null
  fundedPlace: unknown
  declared: boolean
}

/** A provider says whether an accepted application has a funded place (02 section 13). */
export async function changeFundedPlace(db: Database, command: ChangeFundedPlace): Promise<Verdict> {
  return db.transaction().execute(async (trx) => {
    const locked = await lockApplication(trx, command)
    if (!locked) return { refusals: [{ title: 'application', detail: 'The application does not exist any more.' }] }
    const { application } = locked
    const cohort = (await trx.selectFrom('cohorts').selectAll().where('id', '=', application.cohort_id).executeTakeFirst()) ?? null
    const declared = await hasLiveDeclaration(trx, application.id)
    const refusals = judge(rules, { application, cohort, fundedPlace: command.fundedPlace, declared })
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'applications', application, { funded_place: command.fundedPlace === true })
    return done
  })
}

export const rules: Rule<Facts>[] = [
  refuse(({ fundedPlace }) => typeof fundedPlace !== 'boolean', 'funded_place', 'Set #/funded_place to true or false.'),
  refuse(
    ({ application }) => application.lead_provider_approval_status !== 'accepted',
    'application',
    'Accept the application before you change its #/funded_place.',
  ),
  refuse(
    ({ fundedPlace, application }) => fundedPlace !== false && fundedPlace !== null && fundedPlace !== undefined && !application.eligible_for_funding,
    'application',
    'The participant is not eligible for funding, so #/funded_place cannot be true. Get in touch with us if this is wrong.',
  ),
  thenRefuse(
    ({ cohort }) => cohort?.funding !== 'capped',
    'application',
    'Leave #/funded_place out: it is only needed where places are limited, for participants who start from autumn 2024 on.',
  ),
  refuse(
    ({ declared }) => declared,
    'application',
    'Declarations were submitted for this application. Void them, change #/funded_place and submit them again.',
  ),
]
