// @ts-check
// Makes a declaration of each row of a CSV file, and writes a report: the same rows, with what became of them.
//
//   NPQ_URL=… NPQ_TOKEN=… node declare-from-csv.js declarations.csv report.csv
//
// Columns, in any order: participant_id, course_identifier, declaration_type, declaration_date and, where they apply,
// delivery_partner_id, secondary_delivery_partner_id, has_passed. The file can be sent again: a milestone that was declared is
// refused the second time (already_declared), and nothing is paid twice.
import { readFile, writeFile } from 'node:fs/promises'
import { wordsOf } from 'npq-client'
import { npq } from './connection.js'

const [source, target] = process.argv.slice(2)
if (!source || !target) {
  process.stderr.write('Name the file to read and the report to write: node declare-from-csv.js declarations.csv report.csv\n')
  process.exit(2)
}

const [header = [], ...rows] = readCsv(await readFile(source, 'utf8'))
const results = ['result', 'declaration_id', 'state', 'codes', 'details']
const report = [[...header, ...results]]
let failed = 0

for (const row of rows) {
  const attributes = Object.fromEntries(header.map((name, column) => [name, row[column] ?? '']).filter(([, value]) => value !== ''))
  // what a file holds is for the API to judge: the report says what it found
  const answer = await npq.createDeclaration(/** @type {any} */ (attributes))
  if (answer.ok) {
    report.push([...row, 'declared', answer.data.id, answer.data.attributes.state, '', ''])
  } else {
    failed += 1
    const { failure } = answer
    const reasons = 'reasons' in failure ? failure.reasons : []
    const details = reasons.length > 0 ? reasons.map(({ title, detail }) => `${title}: ${detail}`).join(' ') : wordsOf(failure)
    report.push([...row, failure.kind, '', '', reasons.map(({ code }) => code).join(' '), details])
  }
}

await writeFile(target, report.map((cells) => `${cells.map(quoted).join(',')}\n`).join(''))
process.stdout.write(`${rows.length - failed} of ${rows.length} rows were declared; ${target} says what became of each.\n`)
process.exitCode = failed > 0 ? 1 : 0

/**
 * The rows of a CSV file, quoted cells included.
 *
 * @param {string} text
 */
function readCsv(text) {
  /** @type {string[][]} */
  const read = []
  /** @type {string[]} */
  let cells = []
  for (const [, quotedCell, plainCell = '', end] of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && cells.length === 0 && plainCell === '' && quotedCell === undefined) break
    cells.push((quotedCell?.replaceAll('""', '"') ?? plainCell).trim())
    if (end === ',') continue
    if (cells.some((cell) => cell !== '')) read.push(cells)
    cells = []
  }
  return read
}

/** @param {string} cell */
function quoted(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
