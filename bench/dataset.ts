import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { Random } from '../src/sandbox/random.ts'

/** Writes so many applications, each of a person of its own, as newline-delimited JSON: the same ones every time. */
export async function writeDataset(file: string, howMany: number, provider: string): Promise<void> {
  const random = new Random(1)
  const out = createWriteStream(file)
  const start = Temporal.Instant.from('2022-01-01T00:00:00Z')
  for (let number = 0; number < howMany; number++) {
    const participant = random.uuid()
    const created_at = start.add({ seconds: number * 120 }).toString()
    const person = { kind: 'user', id: participant, full_name: `Person ${number}`, email: `person.${number}@school.example`, created_at }
    const application = {
      kind: 'application',
      id: random.uuid(),
      participant_id: participant,
      course_identifier: random.pick(['npq-headship', 'npq-senior-leadership', 'npq-leading-literacy', 'npq-senco']),
      lead_provider: provider,
      cohort: random.pick(['2022a', '2023a', '2024a', '2025a']),
      lead_provider_approval_status: random.pick(['pending', 'rejected']),
      eligible_for_funding: random.chance(0.5),
      works_in_school: true,
      teacher_catchment: 'england',
      created_at,
    }
    if (!out.write(`${JSON.stringify(person)}\n${JSON.stringify(application)}\n`)) await new Promise((resolve) => out.once('drain', resolve))
  }
  out.end()
  await finished(out)
}
