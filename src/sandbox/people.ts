import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import { latest } from './moments.ts'
import { emailOf, personName, withAnotherLastName } from './names.ts'
import type { Telling } from './telling.ts'

export type Person = DatasetRecord<'user'>

export type PersonTraits = {
  signIn?: 'older' | 'newer'
  trn?: 'verified' | 'unverified' | 'none'
  previousNames?: number
  /** what is given instead of made up */
  given?: { id?: string; fullName?: string; email?: string; trn?: string }
}

/** A new person, who signed up at that moment. */
export function makePerson(telling: Telling, at: Temporal.Instant, traits: PersonTraits = {}): Person {
  const { signIn = 'older', trn = 'verified', previousNames = 0, given = {} } = traits
  const { random } = telling
  const number = telling.nextNumber()
  const fullName = given.fullName ?? personName(random)
  return telling.tell('user', {
    id: given.id ?? random.uuid(),
    full_name: fullName,
    previous_names: Array.from({ length: previousNames }, () => withAnotherLastName(random, fullName)),
    email: given.email ?? emailOf(random, fullName, number),
    trn: trn === 'none' ? null : (given.trn ?? trnOf(number)),
    trn_verified: trn === 'verified',
    trn_auto_verified: trn === 'verified',
    trn_lookup_status: signIn === 'newer' ? null : trn === 'verified' ? 'Found' : 'Pending',
    date_of_birth: Temporal.PlainDate.from({ year: random.whole(1962, 1999), month: random.whole(1, 12), day: random.whole(1, 28) }),
    provider: signIn === 'newer' ? 'teacher_auth' : 'tra_openid_connect',
    uid: random.uuid(),
    significantly_updated_at: at,
    created_at: at,
    updated_at: at,
  })
}

/** Seven digits from a block that no real teacher has; neighbours do not look alike. */
function trnOf(number: number): string {
  return String(8_000_000 + ((number * 7919) % 900_000))
}

/** Something about the person changed significantly. */
export function touch(person: Person, at: Temporal.Instant): void {
  const moment = latest(person.updated_at ?? at, at)
  Object.assign(person, { updated_at: moment, significantly_updated_at: moment })
}

/** The person's address was taken over by a later account of the same person, which is returned. */
export function archiveFor(telling: Telling, person: Person, at: Temporal.Instant): Person {
  const { full_name: fullName, email, trn } = person
  Object.assign(person, { email: null, archived_email: email, archived_at: at, uid: null, provider: null })
  touch(person, at)
  return makePerson(telling, at, { signIn: 'newer', given: { fullName, ...(email && { email }), ...(trn && { trn }) } })
}

/** The person's record took over an older one: whoever holds that id must switch to the new one. */
export function takeOverId(telling: Telling, person: Person, at: Temporal.Instant): void {
  const from_participant_id = telling.random.uuid()
  telling.tell('participant_id_change', { participant_id: person.id, from_participant_id, to_participant_id: person.id, created_at: at })
  touch(person, at)
}
