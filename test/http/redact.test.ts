import { describe, expect, test } from 'vitest'
import { loggedError, redact, redactPath, redactQuery, redactText } from '../../src/http/redact.ts'

describe('redacting', () => {
  test.each([
    ['write to petra@school.example, please', 'write to [FILTERED], please'],
    ['{"a":"petra.lindqvist+npq@school.example"}', '{"a":"[FILTERED]"}'],
    ['at 3 @ noon', 'at 3 @ noon'],
    ['npq_live_abc123 and npq_sandbox_x', '[FILTERED] and [FILTERED]'],
    ['a@b@c', '[FILTERED]'],
    ['petra%40school.example', '[FILTERED]'],
    ['petra%252540school.example', '[FILTERED]'],
    ['petra＠school.example, petra﹫school．example', '[FILTERED], [FILTERED]'],
    ['petra%EF%BC%A0school.example', '[FILTERED]'],
    ['petra%25ef%25b9%25abschool.example', '[FILTERED]'],
    ['my TRN is 1234567. Or １２３４５６７?', 'my TRN is [FILTERED]. Or [FILTERED]?'],
    ['a1234567-1234567b 12345678 123456 10:00:00.1234567Z', 'a1234567-1234567b 12345678 123456 10:00:00.1234567Z'],
    ['nothing here', 'nothing here'],
  ])('makes of %s: %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  test('masks secret names at any depth, whatever their letters’ case', () => {
    expect(redact({ data: [{ Email: 'x', trn: 1, Access_Token: 'y', reason: 'other' }] })).toEqual({
      data: [{ Email: '[FILTERED]', trn: '[FILTERED]', Access_Token: '[FILTERED]', reason: 'other' }],
    })
  })

  test.each(['x', '@', 'x@', ' x', 'npq_live_', '＠', '1', '1234567 ', '%25', '25', '%25EF%25BC', 'aB'])('gets through a mebibyte of %j', (piece) => {
    const text = piece.repeat(1_048_576 / piece.length)
    expect(redactText(text).length).toBeLessThanOrEqual(11 * 1_048_576)
    expect(Object.keys(redact({ [text]: text }) as object)).toHaveLength(1)
  })

  test.each([
    '/x/petra%2540school.example',
    '/x/npq%5Ftest%5Fabc123',
    '/x/%6epq_test_abc123',
    '/x/%25256epq_test_abc123',
    '/x/petra@school.example?a=b',
  ])('finds a secret in the path %s', (path) => {
    expect(redactPath(path)).toBe('/x/[FILTERED]')
  })

  test('leaves a path without secrets as it was sent', () => {
    expect(redactPath('/api/v3/a%20b%C3%A9/%zz?x=1')).toBe('/api/v3/a%20b%C3%A9/%zz')
  })

  test('ends at a depth that no real body has', () => {
    const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    expect(JSON.stringify(redact(nested)).length).toBeLessThan(200)
  })

  test('tells of a database’s error what went wrong, and no value of the row', () => {
    const error = Object.assign(new Error('duplicate key of petra@school.example'), {
      code: '23505',
      constraint: 'users_email_key',
      detail: 'Key (email)=(petra@school.example) already exists.',
      where: 'npq_test_abc123',
    })
    const logged = loggedError(error)
    expect(logged).toMatchObject({ type: 'Error', message: 'duplicate key of [FILTERED]', code: '23505', constraint: 'users_email_key' })
    expect(JSON.stringify(logged)).not.toMatch(/petra|abc123/)
  })

  test.each([
    'teacherTrn',
    'trn_number',
    'TRN-1',
    'ｔｒｎ',
    'old.trns',
    'teacherReferenceNumber',
    'Teacher Reference Number',
    'fullName',
    'dateOfBirth',
    'API key',
  ])('masks what stands under the odd name %s', (name) => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: '[FILTERED]' })
  })
  test.each([1234567, '1234567', ['1234567']])('masks a TRN under any name: %j', (value) => {
    expect(JSON.stringify(redact({ number: value }))).toMatch(/^\{"number":\[?"\[FILTERED\]"\]?\}$/)
  })
  test.each(['trn', 'TRN', 'to', 'code', 'Full_Name', 'api_key', 'password', 'user_email', 'previous_names', 'Authorization'])(
    'masks %s at any depth',
    (name) => {
      expect(redact({ a: [{ [name]: { x: 1 } }] })).toEqual({ a: [{ [name]: '[FILTERED]' }] })
    },
  )
  test.each(['training_status', 'cohort', 'total', 'decoded', 'patrns', 'schedule_code', 'moved_to'])('leaves %s', (name) => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: 'x' })
  })
  test('masks parameters and paths', () => {
    expect(redactQuery('filter[trn]=1&page[page]=2')).toEqual({ 'filter[trn]': '[FILTERED]', 'page[page]': '2' })
    expect(redactQuery('')).toBeNull()
    expect(redactPath('/x/a%40b.example?q')).toBe('/x/[FILTERED]')
    expect(redactPath('/api/teacher-record-service/v1/qualifications/1234567?x')).toBe('/api/teacher-record-service/v1/qualifications/[FILTERED]')
  })
})
