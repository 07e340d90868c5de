import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { environments } from '../../../src/config.ts'
import { environmentWord, hashToken, hasTokenForm, makeToken } from '../../../src/domain/tokens/token.ts'

describe('a token', () => {
  test.each(environments)('made for %s has the form that this environment takes', (environment) => {
    const token = makeToken(environment)
    expect(token).toMatch(/^npq_(live|sandbox|test)_[0-9A-Za-z]{46}$/)
    expect(token.split('_')[1]).toBe(environmentWord(environment))
    expect(hasTokenForm(token, environment)).toBe(true)
  })

  test('has the checksum that CRC-32 and base 62 give by their definition', () => {
    const body = 'npq_live_00000000000000000000000000000000'
    expect(hasTokenForm(`${body}${base62OfCrc(body)}`, 'production')).toBe(true)
  })

  test('of which any one character is changed has not the form', () => {
    fc.assert(
      fc.property(fc.nat(49), fc.constantFrom(...'0123456789abcXYZ_-'), (at, character) => {
        const token = makeToken('test')
        const place = at % token.length
        fc.pre(token[place] !== character)
        expect(hasTokenForm(token.slice(0, place) + character + token.slice(place + 1), 'test')).toBe(false)
      }),
    )
  })

  test('is no other token, and its hash tells nothing without the key', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => makeToken('test')))
    expect(tokens.size).toBe(1000)
    const [token = ''] = tokens
    expect(hashToken(token, 'one key')).not.toBe(hashToken(token, 'another key'))
    expect(hashToken(token, 'one key')).toMatch(/^[0-9a-f]{64}$/)
  })
})

/** CRC-32 bit by bit, as its definition goes, and its digits in base 62. */
function base62OfCrc(text: string): string {
  let crc = 0xffffffff
  for (const byte of Buffer.from(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  let rest = BigInt((crc ^ 0xffffffff) >>> 0)
  let written = ''
  for (let place = 0; place < 6; place++) {
    written = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.charAt(Number(rest % 62n)) + written
    rest /= 62n
  }
  return written
}
