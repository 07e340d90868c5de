import type { Work } from './work.ts'

/** Hands a letter to the mail service. */
export const sendLetter: Work<'send letter'> = async ({ send, signal }, letter) => {
  if (send === undefined) throw new Error('No mail service is connected.')
  await send(letter, signal)
}
