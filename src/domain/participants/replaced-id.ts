import { type Refusal, type Rule, refuse } from '../rules.ts'

const replacedCode = 'participant_id_replaced'

/** Refuses an id that a person had before, and names the one to use. */
export function refuseReplacedId<Facts extends { participantId: string; idChange: { to_participant_id: string } | undefined }>(): Rule<Facts> {
  return refuse(
    replacedCode,
    ({ idChange }) => idChange !== undefined,
    'participant_id',
    ({ participantId, idChange }) => replacedDetail(participantId, idChange?.to_participant_id),
  )
}

/** What is said to those who send an id that a person had before. */
export function replacedRefusal(from: string, to: string): Refusal {
  return { code: replacedCode, title: 'participant_id', detail: replacedDetail(from, to) }
}
function replacedDetail(from: string, to: string | undefined): string {
  return `The #/participant_id ${from} was replaced by ${to}. Use ${to} from now on.`
}
