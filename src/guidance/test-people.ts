import { type TestPerson, testPeople, testPersonId } from '../test-people.ts'
import { providerFacts } from './facts.ts'

/** Whom every provider finds in the sandbox, and what is seen there. */
export const people = () => Object.values(testPeople)

/** Each provider's test people with their participant ids, by provider and by name. */
export function peopleByProvider() {
  const known = (Object.keys(testPeople) as TestPerson[]).sort((one, other) => testPeople[one].name.localeCompare(testPeople[other].name))
  return providerFacts.map(({ name: provider }) => ({
    provider,
    people: known.map((person) => ({ name: testPeople[person].name, id: testPersonId(provider, person) })),
  }))
}
