import { writeFileSync } from 'node:fs'
import { get } from '../asked/asked.ts'
import type { LoadGenerator } from '../gauge/load.ts'
import { measure } from '../gauge/measure.ts'
import { median } from '../gauge/measured.ts'
import { memoryOf } from '../gauge/processor-time.ts'
import { connections, type Plan } from '../plan.ts'
import type { Csv } from '../results.ts'
import { say } from '../say.ts'
import { startBare, teach } from '../sides/bare.ts'
import { run } from '../sides/process.ts'
import { startService } from '../sides/service.ts'
import type { Bench } from './bench.ts'

const call = get('/api/v1/npq-applications.csv')

/** The columns of the file, as the database has them. */
const columns = `select a.public_id, u.public_id, u.full_name, u.email, true, u.trn, u.trn_verified, s.urn, a.ukprn, p.provider_urn, a.headteacher_status,
  a.eligible_for_funding, a.funded_place, a.funding_choice, c.identifier, a.lead_provider_approval_status, a.works_in_school, a.employer_name,
  a.employment_role, a.created_at, greatest(a.updated_at, u.updated_at), o.start_year, a.funding_eligibility_status_code,
  a.targeted_delivery_funding_eligibility, a.teacher_catchment, a.teacher_catchment_country, i.legal_name, a.lead_mentor
  from applications a join users u on u.id = a.user_id join courses c on c.id = a.course_id left join cohorts o on o.id = a.cohort_id
  left join schools s on s.id = a.school_id left join private_childcare_providers p on p.id = a.private_childcare_provider_id
  left join itt_providers i on i.id = a.itt_provider_id`

/** The CSV file of all applications of the largest provider, beside COPY of the same columns in the same order. */
export async function csv(plan: Plan, { admin, copy, provider, token }: Bench, generator: LoadGenerator): Promise<Csv> {
  say('CSV of the largest provider')
  // a service that has done little yet: one with a heap that was full once finds room in it
  const gauge = { generator, admin }
  const service = await startService(copy.url, 'npq csv', token)
  const bare = await startBare()
  try {
    await measure(gauge, service, { calls: [get('/api/v3/npq-applications?page[per_page]=100')], connections, amount: 10 * connections })
    const once = { calls: [call], connections: 1, amount: 1 }
    const rounds: Omit<Csv, 'rows' | 'bytes'>[] = []
    let told = { bytes: 0, rows: 0 }
    for (let round = 0; round < Math.min(plan.rounds, 3); round++) {
      const before = memoryOf(service.pid, 'VmRSS')
      forgetPeak(service.pid)
      const ours = await measure(gauge, service, once)
      const memory = Math.max(0, memoryOf(service.pid, 'VmHWM') - before)
      if (round === 0) told = await teach(bare, service, [call])
      const byHeart = await measure(gauge, bare, once)
      const statement = `copy (${columns} where a.lead_provider_id = ${provider} order by a.created_at, a.id) to stdout (format csv)`
      const { printed } = await run('psql', ['-X', '-o', '/dev/null', '-c', '\\timing on', '-c', statement, copy.url])
      const copied = Number(/Time: ([\d.]+) ms/.exec(printed)?.[1]) / 1000
      rounds.push({ service: 1 / ours.rate, bare: 1 / byHeart.rate, copy: copied, memory, node: ours.node, postgres: ours.postgres })
    }
    const of = (figure: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[figure]))
    return {
      ...told,
      service: of('service'),
      bare: of('bare'),
      copy: of('copy'),
      memory: Math.max(...rounds.map(({ memory }) => memory)),
      node: of('node'),
      postgres: of('postgres'),
    }
  } finally {
    await bare.stop()
    await service.stop()
  }
}

/** From here on the process's peak of memory counts anew. */
function forgetPeak(pid: number) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}
