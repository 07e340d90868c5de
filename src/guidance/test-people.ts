import { readFileSync } from 'node:fs'
import { type TestPerson, testPeople, testPersonId } from '../test-people.ts'

const providers: readonly { name: string }[] = JSON.parse(readFileSync(new URL('../../reference/lead-providers.json', import.meta.url), 'utf8'))

/** Whom every provider finds in the sandbox, and what is seen there. */
export const people = () => Object.values(testPeople)

/** Each provider's test people with their participant ids, by provider and by name. */
export function peopleByProvider() {
  const known = (Object.keys(testPeople) as TestPerson[]).sort((one, other) => testPeople[one].name.localeCompare(testPeople[other].name))
  return providers.map(({ name: provider }) => ({
    provider,
    people: known.map((person) => ({ name: testPeople[person].name, id: testPersonId(provider, person) })),
  }))
}
