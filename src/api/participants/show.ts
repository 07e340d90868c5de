import { findVisibleIdChange } from '../../domain/participants/id-changes.ts'
import { findParticipant, isParticipant } from '../../domain/participants/queries.ts'
import { notFound } from '../../http/problems.ts'
import type { Call } from '../endpoint.ts'
import { gone } from '../problems.ts'
import { singleOf } from '../schemas.ts'
import { participant, wireIdChange } from './representation.ts'

export const single = singleOf('ParticipantResponse', 'Participant', participant)

/** The participant that the path names, as the version shows it; a 404 where the caller has none. */
export async function shown(call: Call) {
  const found = await findParticipant(call.db, call.provider.id, call.id)
  if (!found) throw notFound()
  return participant.one(call.version, found)
}

/** A 404 unless the caller has the participant that the path names. */
export async function requireParticipant({ db, provider, id }: Call): Promise<void> {
  if (!(await isParticipant(db, provider.id, id))) throw notFound()
}

/** A 410 where the path names an id that a participant of the caller had before. */
export async function refuseFormerId({ db, provider, id }: Call): Promise<void> {
  const change = await findVisibleIdChange(db, provider.id, id)
  if (change) throw gone(wireIdChange(change))
}
