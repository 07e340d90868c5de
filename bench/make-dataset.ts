// Writes a large dataset as newline-delimited JSON, the same one every time.
//   node bench/make-dataset.ts FILE [how-many-applications] [one provider for all of them]
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { Random } from '../src/sandbox/random.ts'

const everyProvider = ['Ambition Institute', 'Best Practice Network', 'LLSE', 'Teach First', 'UCL Institute of Education']
const cohorts = ['2022a', '2023a', '2024a', '2025a']
const courses = ['npq-headship', 'npq-senior-leadership', 'npq-leading-literacy', 'npq-senco']

/** Writes so many applications, each of a person of its own, spread over these providers; two in five are accepted. */
export async function writeDataset(file: string, howMany: number, providers: readonly string[] = everyProvider): Promise<void> {
  const random = new Random(1)
  const out = createWriteStream(file)
  const start = Temporal.Instant.from('2022-01-01T00:00:00Z')
  for (let number = 0; number < howMany; number++) {
    const participant = random.uuid()
    const created_at = start.add({ seconds: number * 120 }).toString()
    const person = { kind: 'user', id: participant, full_name: `Person ${number}`, email: `person.${number}@school.example`, created_at }
    const status = random.pick(['pending', 'pending', 'rejected', 'accepted', 'accepted'])
    const application = {
      kind: 'application',
      id: random.uuid(),
      participant_id: participant,
      course_identifier: random.pick(courses),
      lead_provider: random.pick(providers),
      cohort: random.pick(cohorts),
      lead_provider_approval_status: status,
      eligible_for_funding: random.chance(0.5),
      works_in_school: true,
      teacher_catchment: 'england',
      created_at,
      ...(status === 'accepted' && { accepted_at: created_at, training_status: 'active', states: [{ state: 'active', created_at }] }),
    }
    if (!out.write(`${JSON.stringify(person)}\n${JSON.stringify(application)}\n`)) await new Promise((resolve) => out.once('drain', resolve))
  }
  out.end()
  await finished(out)
}

if (import.meta.main) {
  const [file, howMany = '1000000', provider] = process.argv.slice(2)
  if (file === undefined) throw new Error('Name the file to write.')
  await writeDataset(file, Number(howMany), provider === undefined ? everyProvider : [provider])
}
