import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { npq, preparedDirectory, type Ran, serve } from '../support/command.ts'

test('finance makes, corrects, moves and takes out a cohort’s statements beside a running server', { timeout: 300_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const file = async (name: string, ...lines: string[]) => {
    await writeFile(join(DATA_DIR, name), lines.join('\n'))
    return join(DATA_DIR, name)
  }
  const server = await serve({ DATA_DIR, ENVIRONMENT: 'test' })
  const run = (...args: string[]) => npq(args, { DATA_DIR, ENVIRONMENT: 'test' })
  const output = async (...args: string[]) => {
    const ran = await run(...args)
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    return ran.stdout
  }
  const rehearsed = async (...args: string[]) => {
    const ran = await run(...args)
    expect(ran).toMatchObject({ status: 0, stderr: 'This was a rehearsal: nothing was written. Add --write to write it.\n' })
    return ran.stdout
  }

  const create = [
    ...['statements', 'create', '--cohort', '2026b', '--statements'],
    await file('s.csv', 'year,month,deadline_date,payment_date,output_fee', '2037,2,2037-01-25,2037-02-25,true', '2037,3,2037-02-22,2037-03-25,true'),
    '--contracts',
    await file(
      'c.csv',
      'lead_provider_name,course_identifier,recruitment_target,per_participant,service_fee_installments,special_course,monthly_service_fee',
      'Teach First,npq-headship,50,1000.50,12,false,0',
    ),
  ]
  expect(await rehearsed(...create)).toMatch(/2 statements, 2 contracts, 1 templates\./)
  expect(await output(...create, '--write')).toContain('2 statements were created.')
  expect(await run(...create, '--write')).toMatchObject<Ran>({
    status: 1,
    stdout: '',
    stderr: [2, 3]
      .map((line) => `${line === 2 ? 'npq: ' : ''}The file of statements: A statement for the month on line ${line} exists already.\n`)
      .join(''),
  })

  const prices = await file('p.csv', 'lead_provider_name,course_identifier,per_participant', 'Teach First,npq-headship,900')
  const correct = ['contract', 'correct-prices', prices, '--cohort', '2026b', '--month', '2037-02']
  const was = /^Provider +Course +Was +Is\nTeach First +npq-headship +1000\.50 +900\n$/
  expect(await rehearsed(...correct)).toMatch(was)
  expect(await output(...correct, '--write')).toMatch(/Teach First +npq-headship +1000\.50 +900\n1 prices were changed\./)

  const price = ['--provider', 'Teach First', '--cohort', '2026b', '--course', 'npq-headship', '--amount', '950.5']
  expect(await rehearsed('contract', 'change-price', ...price)).toMatch(
    /^Statement +Was +Is\nFebruary 2037 +900 +950\.50\nMarch 2037 +1000\.50 +950\.50\n$/,
  )
  expect(await output('contract', 'change-price', ...price, '--write')).toMatch(
    /\nThe price of npq-headship for Teach First in 2026b is changed from [A-Z][a-z]+ 20\d\d on\.\n$/,
  )

  expect(await run('contract', 'change-price', ...price.map((part) => (part === '2026b' ? '1999' : part)))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no cohort 1999. There are: 2021a, '),
  })

  const dates = await file('d.csv', 'name,deadline_date,payment_date,output_fee', '37-Mar,2037-02-20,2037-03-26,TRUE')
  expect(await output('statements', 'correct', dates, '--cohort', '2026b', '--write')).toContain('1 statements to change, 0 to make.')
  expect(await run('statements', 'correct', dates, '--cohort', '2026b', '--write')).toMatchObject({
    status: 1,
    stderr: 'npq: There is nothing to correct: every statement of the file has these values already.\n',
  })

  expect((await output('statement', 'list', '--cohort', '2026b', '--month', '2037-03')).split('\n')).toHaveLength(3)
  const list = await output('statement', 'list', '--cohort', '2026b')
  const [february, march] = list.split('\n').slice(1, 3)
  expect(march).toMatch(/^Teach First +2026b +March 2037 +open +payment run +2037-03-26 /)
  const id = february?.split(' ').at(-1) ?? ''
  const terms = ['--recruitment-target', '9', '--per-participant', '812.5', '--service-fee-installments', '12', '--monthly-service-fee', '43.21']
  await output('contract', 'add', id, '--course', 'npq-senco', ...terms, '--write')
  await output('adjustment', 'add', id, '--description', 'Travel', '--amount', '-100.50', '--write')
  const shown = await output('statement', 'show', id)
  for (const line of [/Service fee +£43\.21/, /Adjustments +-£100\.50/, /Total net VAT +-£57\.29/]) expect(shown).toMatch(line)
  expect(JSON.parse(await output('statement', 'show', id, '--json'))).toMatchObject({
    totals: { payment: { '£': '-57.29' } },
    sincePayment: [],
    contracts: [{ course: 'npq-headship' }, { course: 'npq-senco', terms: { monthly_service_fee: { '£': '43.21' } } }],
  })

  const months = ['--cohort', '2026b', '--from', '2037-02', '--to', '2037-03']
  expect(await run('statement', 'move', ...months)).toMatchObject({
    status: 1,
    stderr: 'npq: There is nothing to move: no declaration on the statements of 2037-02 matches, and they have no milestone.\n',
  })
  expect(await rehearsed('statement', 'move', ...months, '--change-to', 'payment_date=2037-03-27')).toMatch(/Teach First +0 +0 +0 +0\n/)
  expect(await run('statement', 'move', ...months, '--change-to', 'paid=true')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('paid=true sets nothing'),
  })
  expect(await run('statement', 'authorise', id, '--checks-done')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('open until the end of 25 January 2037'),
  })

  const path = (await output('statement', 'export', 'declarations', id, '--to', DATA_DIR)).trim()
  expect(path).toBe(join(DATA_DIR, 'NPQ-Declarations-TeachFirst-Cohort2026b-February2037.csv'))
  expect(await readFile(path, 'utf8')).toMatch(/^Participant ID,/)

  const contracts = await output('statement', 'export', 'contracts', '2026b', '--to', DATA_DIR)
  expect(contracts.trim()).toBe(join(DATA_DIR, '2026b_cohort_contracts.csv'))

  expect(await output('job', 'list', '--failed')).toBe('Number  Job  About  Attempts  When  Last error\n')
  expect(await run('job', 'retry', '999999')).toMatchObject({ status: 1, stderr: 'npq: There is no job 999999.\n' })
  expect(await server.stop()).toBe(0)
})
