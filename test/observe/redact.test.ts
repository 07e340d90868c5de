import { describe, expect, test } from 'vitest'
import { redact, redactText } from '../../src/observe/redact.ts'

describe('redacting', () => {
  test.each([
    ['write to petra@school.example, please', 'write to [FILTERED], please'],
    ['{"a":"petra.lindqvist+npq@school.example"}', '{"a":"[FILTERED]"}'],
    ['at 3 @ noon', 'at 3 @ noon'],
    ['npq_live_abc123 and npq_sandbox_x', '[FILTERED] and [FILTERED]'],
    ['a@b@c', '[FILTERED]'],
    ['nothing here', 'nothing here'],
  ])('makes of %s: %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  test('masks secret names at any depth, whatever their letters’ case', () => {
    expect(redact({ data: [{ Email: 'x', trn: 1, Access_Token: 'y', reason: 'other' }] })).toEqual({
      data: [{ Email: '[FILTERED]', trn: '[FILTERED]', Access_Token: '[FILTERED]', reason: 'other' }],
    })
  })

  test.each(['x', '@', 'x@', ' x', 'npq_live_'])('gets through a mebibyte of %j', (piece) => {
    expect(redactText(piece.repeat(1_048_576 / piece.length)).length).toBeLessThanOrEqual(11 * 1_048_576)
  })
})
