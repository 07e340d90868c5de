import { describe, expect, test } from 'vitest'
import { largestFile, readIds, readRows } from '../../../src/domain/bulk/file.ts'

const bytes = (text: string) => Buffer.from(text)
const refused = (why: string) => ({ rows: [], refusals: [expect.objectContaining({ detail: expect.stringContaining(why) })] })
const columns = ['User ID', 'Updated TRN'] as const

describe('a file with headings', () => {
  const row = { 'User ID': 'a', 'Updated TRN': '1234567' }
  test.each([
    ['plain', 'User ID,Updated TRN\na,1234567\n'],
    ['with a byte order mark', '\ufeffUser ID,Updated TRN\na,1234567'],
    ['with blanks around its headings', ' User ID , Updated TRN \na,1234567\n'],
    ['in another order and with another column', 'Name,Updated TRN,User ID\nx,1234567,a\n'],
    ['with Windows line ends, quotes and blank lines', '"User ID","Updated TRN"\r\n\r\n"a","1234567"\r\n'],
  ])('that is %s is read', (_, text) => {
    expect(readRows(bytes(text), columns)).toEqual({ rows: [row], refusals: [] })
  })

  test.each([
    ['ISO 8859-1', Buffer.from('User ID,Updated TRN\nZo\xeb,1\n', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffUser ID,Updated TRN\na,1\n', 'utf16le')],
    ['UTF-16 without its mark', Buffer.from('User ID,Updated TRN\na,1\n', 'utf16le')],
    ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0])],
  ])('in %s is refused in words, and so are ids', (_, file) => {
    expect(readRows(file, columns)).toEqual(refused('not UTF-8 text. Save it as'))
    expect(readIds(file)).toEqual(refused('not UTF-8 text. Save it as'))
  })

  test('keeps the letters of every language', () => {
    expect(readRows(bytes('User ID,Updated TRN\nZoë,1\n'), columns)).toEqual({ rows: [{ 'User ID': 'Zoë', 'Updated TRN': '1' }], refusals: [] })
  })

  test.each([
    ['', 'is empty'],
    ['\n \n', 'is empty'],
    ['User ID,Updated TRN\n', 'is empty'],
    ['User,TRN\na,b\n', 'has the wrong format'],
    ['a,1234567\n', 'has the wrong format'],
    ['User ID,Updated TRN\n"a,1234567\n', 'is not valid CSV'],
    ['User ID,Updated TRN\na,1,2\n', 'is not valid CSV'],
  ])('%j is refused: it %s', (text, why) => {
    expect(readRows(bytes(text), columns)).toEqual(refused(why))
  })

  test('is refused where it is too large', () => {
    expect(readRows(new Uint8Array(largestFile + 1), columns)).toEqual(refused('larger than 256 MB'))
  })
})

describe('a file of ids', () => {
  test('has one a line and no heading', () => {
    expect(readIds(bytes('\ufeffa\n b \n\nc'))).toEqual({ rows: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], refusals: [] })
  })

  test.each([
    ['', 'is empty'],
    ['a,b\nc,d\n', 'has the wrong format'],
    ['a\n"b\n', 'is not valid CSV'],
  ])('%j is refused: it %s', (text, why) => {
    expect(readIds(bytes(text))).toEqual(refused(why))
  })
})
