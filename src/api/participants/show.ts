import { findParticipant, findVisibleIdChange, isParticipant } from '../../domain/participants/records.ts'
import { done } from '../../domain/rules.ts'
import { found, notFound } from '../../http/problems.ts'
import { changed } from '../changes.ts'
import type { Call } from '../endpoint.ts'
import { gone } from '../problems.ts'
import { singleOf } from '../schemas.ts'
import { perVersion, type Version } from '../versions.ts'
import { exampleIdChange, participant, wireIdChange } from './representation.ts'

export const single = singleOf('ParticipantResponse', 'Participant', participant)

/** The participant that the path names; with the verdict on a change, where nothing was refused. */
export async function shown({ db, version, provider, id }: Call, verdict = done) {
  return participant.one(version, await changed(verdict, async () => found(await findParticipant(db, provider.id, id))))
}

/** A 404 unless the caller has the participant that the path names. */
export async function requireParticipant({ db, provider, id }: Call): Promise<void> {
  found(await isParticipant(db, provider.id, id))
}

/** Whether a participant's former id is answered with the present one. */
const knowsFormerIds = perVersion({ v1: false, v2: false, v3: true })

/** What is answered of an id that no participant of the caller has: a 404, or a 410 where one had it before. */
export function problemsOfId(version: Version) {
  return knowsFormerIds(version) ? [notFound(), gone(wireIdChange(exampleIdChange))] : [notFound()]
}

/** A 410 where the path names an id that a participant of the caller had before. */
export async function refuseFormerId({ db, version, provider, id }: Call): Promise<void> {
  if (!knowsFormerIds(version)) return
  const change = await findVisibleIdChange(db, provider.id, id)
  if (change) throw gone(wireIdChange(change))
}
