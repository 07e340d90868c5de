import { createHmac, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Environment } from '../../config.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 40
const checksumLength = 6

/** The word that a token carries for its environment. */
export function environmentWord(environment: Environment): 'live' | 'sandbox' | 'test' {
  if (environment === 'production') return 'live'
  return environment === 'sandbox' ? 'sandbox' : 'test'
}

/** A new token: `npq_{environment}_{random}{checksum}`. */
export function makeToken(environment: Environment): string {
  const body = `npq_${environmentWord(environment)}_${randomText(randomLength)}`
  return body + checksum(body)
}

/** Whether the text has the form of this environment's tokens and its checksum is right. */
export function hasTokenForm(text: string, environment: Environment): boolean {
  const prefix = `npq_${environmentWord(environment)}_`
  if (!text.startsWith(prefix) || text.length > 255) return false
  if (!/^[0-9A-Za-z]{38,}$/.test(text.slice(prefix.length))) return false
  const body = text.slice(0, -checksumLength)
  return checksum(body) === text.slice(-checksumLength)
}

/** What is stored of a token: a keyed one-way hash. Looking a token up by it reveals nothing by its timing. */
export function hashToken(token: string, key: string): string {
  return createHmac('sha256', key).update('npq api token\0').update(token).digest('hex')
}

/** CRC-32 of the text in base 62, six characters. */
function checksum(text: string): string {
  let rest = crc32(text)
  let written = ''
  while (rest > 0) {
    written = digits.charAt(rest % 62) + written
    rest = Math.floor(rest / 62)
  }
  return written.padStart(checksumLength, '0')
}

function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    // bytes from 248 on are dropped, so that every digit is equally likely
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += digits.charAt(byte % 62)
  }
  return text
}
