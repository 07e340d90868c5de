import { createHash } from 'node:crypto'

/** The people whom every provider finds in every sandbox, by name: whom to ask for, and what is seen there. `src/sandbox` tells their stories. */
export const testPeople = {
  pending: { name: 'Wren Applegarth', shows: 'An application that waits for you. Accept or reject it.' },
  limited: { name: 'Idris Holloway', shows: 'An application in a cohort with limited places. Say with `funded_place` whether you give one.' },
  pendingTwice: {
    name: 'Celestine Mbeki',
    shows: 'Applied to you and to another provider for one course. Accept it, and the other application is rejected.',
  },
  notEligible: { name: 'Ottoline Farrow', shows: 'An application that waits, and is not eligible for funding: a `funded_place` is refused.' },
  withoutTrn: { name: 'Kofi Lindqvist', shows: 'Signed in without a teacher reference number: it is null.' },
  outsideEngland: { name: 'Paloma Reyes', shows: 'Works outside England, so declarations name no delivery partner.' },
  rejected: { name: 'Barnaby Thwaite', shows: 'An application that you rejected. It cannot be accepted any more.' },
  accepted: { name: 'Siobhan Okonjo', shows: 'Accepted, and nothing declared yet. Declare `started`, or change the schedule.' },
  several: { name: 'Jarek Pemberton', shows: 'Several applications with you, for different courses: one accepted, one rejected, one that waits.' },
  previouslyFunded: { name: 'Thea Blackwood', shows: 'Was funded for the course before, and applies again: not eligible, with the reason.' },
  formerNames: { name: 'Rosalind Achebe', shows: 'Had two other names before: see `previous_names`.' },
  withoutEmail: { name: 'Gwilym Prosser', shows: 'Signed up anew with the same address: `email` is null here, and the new record has it.' },
  idChanged: {
    name: 'Marisol Underhill',
    shows: 'Had another participant id before: see `participant_id_changes`, and send the former id to see it refused.',
  },
  started: { name: 'Dmitri Fairclough', shows: 'Started. Declare `retained-1`, defer or withdraw.' },
  deferred: { name: 'Anneliese Coker', shows: 'Deferred after the start. Resume the training.' },
  withdrawn: { name: 'Tomasz Bellamy', shows: 'Withdrawn after the start. A declaration dated later is refused.' },
  resumed: { name: 'Efua Ramsbottom', shows: 'Deferred once, and in training again.' },
  passed: { name: 'Hugo Nakagawa', shows: 'Completed and passed: four declarations, or three for a shorter course, and an outcome.' },
  failedFirst: { name: 'Lavinia Sturgess', shows: 'Failed at first and passed later: two outcomes of one declaration.' },
  cameOver: {
    name: 'Solveig Ashdown',
    shows: 'Came to you from another provider, who had declared the start: v3 shows you that declaration, and to void it is refused with 403.',
  },
  wentOver: { name: 'Cormac Delacroix', shows: 'Went to another provider after you had declared the start: your declaration stays yours.' },
  eligible: { name: 'Zainab Crowhurst', shows: 'A declaration on the next statement: `eligible`.' },
  payable: { name: 'Leopold Vance', shows: 'A declaration on a statement that waits for payment: `payable`. Void it.' },
  paid: { name: 'Imogen Tattersall', shows: 'A declaration that was paid. Void it, and its payment is taken back.' },
  voided: { name: 'Rafiq Hargreaves', shows: 'A declaration that you voided before it was paid. Declare it again.' },
  refundDue: { name: 'Clementine Duarte', shows: 'A paid declaration that you took back: `awaiting_clawback`.' },
  refunded: { name: 'Angus Oyelowo', shows: 'A paid declaration whose payment was taken back: `clawed_back`.' },
  duplicate: {
    name: 'Beatriz Langley',
    shows: 'A second record of a teacher, for whom the start is declared already: `ineligible`, superseded by the first.',
  },
} as const
export type TestPerson = keyof typeof testPeople

/** The participant id of a test person with a provider: the same in every sandbox. */
export function testPersonId(provider: string, person: TestPerson): string {
  const hex = createHash('sha256').update(`${provider} ${person}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
