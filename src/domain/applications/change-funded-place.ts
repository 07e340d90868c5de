import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { hasLiveDeclaration } from '../declarations/records.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { noSuchApplication } from './application.ts'
import { type Application, lockOwnApplication, type OwnApplication, type Setting, settingOf } from './records.ts'

export type ChangeFundedPlace = Act &
  OwnApplication & {
    /** as it was sent, so that a text is told from a boolean */
    fundedPlace: unknown
  }

export type ChangeFundedPlaceFacts = {
  application: Pick<Application, 'lead_provider_approval_status' | 'eligible_for_funding'>
  cohort: Pick<NonNullable<Setting['cohort']>, 'funding'> | null
  fundedPlace: unknown
  declared: boolean
}

/** A provider says whether an accepted application has a funded place (02 section 13). */
export async function changeFundedPlace(db: Database, command: ChangeFundedPlace): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockOwnApplication(trx, command)
    if (!locked) return noSuchApplication
    const { application } = locked
    const { cohort } = await settingOf(locked)
    const declared = await hasLiveDeclaration(locked)
    const refusals = judge(changeFundedPlaceRules, { application, cohort, fundedPlace: command.fundedPlace, declared })
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'applications', application, { funded_place: command.fundedPlace === true })
    return done
  })
}

export const changeFundedPlaceRules: Rules<ChangeFundedPlaceFacts> = [
  refuse('funded_place_missing', ({ fundedPlace }) => typeof fundedPlace !== 'boolean', 'funded_place', 'Set #/funded_place to true or false.'),
  refuse(
    'application_not_accepted',
    ({ application }) => application.lead_provider_approval_status !== 'accepted',
    'application',
    'Accept the application before you change its #/funded_place.',
  ),
  refuse(
    'not_eligible_for_funding',
    ({ fundedPlace, application }) => fundedPlace !== false && fundedPlace !== null && fundedPlace !== undefined && !application.eligible_for_funding,
    'application',
    'The participant is not eligible for funding, so #/funded_place cannot be true. Get in touch with us if this is wrong.',
  ),
  [
    refuse(
      'funded_places_not_limited',
      ({ cohort }) => cohort?.funding !== 'capped',
      'application',
      'Leave #/funded_place out: it is only needed where places are limited, for participants who start from autumn 2024 on.',
    ),
  ],
  refuse(
    'application_has_declarations',
    ({ declared }) => declared,
    'application',
    'Declarations were submitted for this application. Void them, change #/funded_place and submit them again.',
  ),
]
