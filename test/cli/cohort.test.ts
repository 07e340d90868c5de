import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { npq, preparedDirectory, serve } from '../support/command.ts'

const moment = '2029-11-05T09:00:00Z'

test('a cohort is made on a live service, and its participants are accepted and declared with a delivery partner', { timeout: 180_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const variables = { DATA_DIR, ENVIRONMENT: 'test' }
  const file = async (name: string, ...lines: string[]) => {
    await writeFile(join(DATA_DIR, name), lines.join('\n'))
    return join(DATA_DIR, name)
  }
  const server = await serve(variables)
  const run = (...args: string[]) => npq(args, variables)
  const output = async (...args: string[]) => {
    const ran = await run(...args)
    expect(ran).toMatchObject({ status: 0 })
    return ran.stdout
  }

  const added = await output('delivery-partner', 'add', 'Harbour Learning Hub', '--yes')
  const [, partner = ''] = /Delivery partner (\S+) is added\./.exec(added) ?? []
  expect(await run('delivery-partner', 'rename', 'Harbour Learning Hub', 'Harbour Hub')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('name: Harbour Learning Hub → Harbour Hub'),
    stderr: expect.stringContaining('Nothing was written'),
  })
  await output('delivery-partner', 'rename', partner, 'Harbour Hub', '--yes')
  const of = ['Harbour Hub', '--provider', 'Teach First', '--cohort']
  expect(await output('partnership', 'add', ...of, '2026b', '--yes')).toContain('New: Teach First may name Harbour Hub in 2026b.')
  expect(await run('partnership', 'add', ...of, '2026b', '--yes')).toMatchObject({ status: 1, stderr: expect.stringContaining('already') })

  const schedules = await file(
    'schedules.csv',
    'course_group,identifier,name,applies_from,applies_to,allowed_declaration_types,policy_descriptor,acceptance_window_start,acceptance_window_end',
    'leadership,npq-leadership-autumn,NPQ Leadership Autumn,2029-10-01,2029-12-31,started retained-1 retained-2 completed,13,2029-01-01,2029-12-01',
  )
  const create = ['cohort', 'create', '2029a', '--description', 'Autumn 2029', '--funding', 'full', '--registration-starts', '2029-04-03']
  expect(await run(...create, '--schedules', schedules)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Cohort 2029a: 1 schedules, and 1 delivery partnerships of the cohort before it.'),
    stderr: expect.stringContaining('This was a rehearsal'),
  })
  expect(await output(...create, '--schedules', schedules, '--write')).toContain('Cohort 2029a is made.')
  expect(await run(...create, '--write')).toMatchObject({ status: 1, stderr: expect.stringContaining('There is a cohort 2029a already.') })

  await output(
    ...['statements', 'create', '--cohort', '2029a', '--write', '--statements'],
    await file('s.csv', 'year,month,deadline_date,payment_date,output_fee', '2037,2,2037-01-25,2037-02-25,true'),
    '--contracts',
    await file(
      'c.csv',
      'lead_provider_name,course_identifier,recruitment_target,per_participant,service_fee_installments,special_course,monthly_service_fee',
      'Teach First,npq-headship,50,1000.50,12,false,0',
    ),
  )
  const person = { id: '11111111-1111-4111-8111-111111111111', full_name: 'A', email: 'a@school.example' }
  const application = {
    id: '22222222-2222-4222-8222-222222222222',
    participant_id: person.id,
    course_identifier: 'npq-headship',
    lead_provider: 'Teach First',
    cohort: '2029a',
    eligible_for_funding: true,
    teacher_catchment: 'england',
  }
  const dataset = await file(
    'dataset.json',
    JSON.stringify({ users: [person], applications: [{ ...application, lead_provider_approval_status: 'pending' }] }),
  )
  await output('import', dataset, '--write')
  const token = (await output('token', 'issue', '--provider', 'Teach First', '--label', 'test')).trim()
  const ask = async (path: string, type: string, attributes: object) => {
    const answer = await fetch(`${server.url}/api/v3${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-with-server-date': moment },
      body: JSON.stringify({ data: { type, attributes } }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  expect(await ask(`/npq-applications/${application.id}/accept`, 'npq-application-accept', { funded_place: null })).toMatchObject({ status: 200 })
  const declaring = {
    participant_id: person.id,
    declaration_type: 'started',
    declaration_date: '2029-11-01T10:00:00Z',
    course_identifier: 'npq-headship',
    delivery_partner_id: partner,
  }
  const declared = await ask('/participant-declarations', 'participant-declaration', declaring)
  expect(declared).toMatchObject({ status: 200, body: { data: { attributes: { state: 'eligible', delivery_partner_id: partner } } } })

  expect(await run('partnership', 'remove', ...of, '2029a', '--yes')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Taken away: Teach First may name Harbour Hub in 2029a.'),
    stderr: expect.stringContaining('1 declarations of the cohort name the partner'),
  })
  expect(await output('partnership', 'copy', '2029a', '--write')).toContain('1 partnerships are added.')
})
