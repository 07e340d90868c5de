import { type DeclarationType, declarationTypes, type ScheduleIdentifier, scheduleIdentifiers } from '../../words.ts'
import { anyText, date, oneOf, type Reading, wholeNumber } from '../files/cells.ts'
import { readTable, repeated, type Table } from '../files/table.ts'

/** A schedule of a cohort (06 section 6). */
export type ScheduleRow = {
  course_group: string
  identifier: ScheduleIdentifier
  name: string
  applies_from: Temporal.PlainDate
  applies_to: Temporal.PlainDate
  allowed_declaration_types: DeclarationType[]
  policy_descriptor: number
  acceptance_window_start: Temporal.PlainDate
  acceptance_window_end: Temporal.PlainDate
}

/** Reads the schedules of a new cohort; their types stand in one cell, apart by blanks. */
export function readSchedules(bytes: Uint8Array, courseGroups: ReadonlySet<string>): Table<ScheduleRow> {
  const { rows, refusals } = readTable<ScheduleRow>('schedules_csv', bytes, {
    course_group: oneOf(courseGroups),
    identifier: oneOf(new Set(scheduleIdentifiers)),
    name: anyText,
    applies_from: date,
    applies_to: date,
    allowed_declaration_types: types,
    policy_descriptor: wholeNumber(1, 999_999_999, 'must be a whole number above 0'),
    acceptance_window_start: date,
    acceptance_window_end: date,
  })
  if (refusals.length > 0) return { rows: [], refusals }
  const turned = rows.flatMap((row) => [
    ...(Temporal.PlainDate.compare(row.applies_to, row.applies_from) < 0 ? [`applies_to must not be before applies_from on line ${row.line}.`] : []),
    ...(Temporal.PlainDate.compare(row.acceptance_window_end, row.acceptance_window_start) < 0
      ? [`acceptance_window_end must not be before acceptance_window_start on line ${row.line}.`]
      : []),
  ])
  const problems = [
    ...turned.map((detail) => ({ code: 'row_unusable', title: 'schedules_csv', detail })),
    ...repeated('schedules_csv', rows, ({ identifier }) => identifier, 'schedule'),
  ]
  return problems.length > 0 ? { rows: [], refusals: problems } : { rows, refusals: [] }
}

function types(text: string): Reading<DeclarationType[]> {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const known = declarationTypes.filter((type) => words.includes(type))
  const all = words.every((word) => (known as string[]).includes(word))
  return all && known.length > 0 ? { value: known } : { problem: `must name some of ${declarationTypes.join(' ')}` }
}
