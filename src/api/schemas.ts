import { type TSchema, Type } from 'typebox'
import type { CsvTable } from './csv.ts'
import type { Named } from './endpoint.ts'
import { exampleFile } from './examples.ts'
import type { Representation } from './representation.ts'
import { Text } from './representation.ts'
import type { Version } from './versions.ts'

/** `{"data": {…}}` with the resource as a component of its own. */
export function singleOf<View>(name: string, resource: string, representation: Representation<View>) {
  return (version: Version): Named => ({
    name,
    schema: Type.Object({ data: reference(resource) }),
    uses: [{ name: resource, schema: representation.schema(version) }],
  })
}

/** `{"data": [{…}]}` with the resource as a component of its own. */
export function listOf<View>(name: string, resource: string, representation: Representation<View>) {
  return (version: Version): Named => ({
    name,
    schema: Type.Object({ data: Type.Array(reference(resource)) }),
    uses: [{ name: resource, schema: representation.schema(version) }],
  })
}

/** A CSV file: its text, and its columns as a component of their own. `example` tells the values of its one row by column. */
export function csvOf<View>(name: string, row: string, table: CsvTable<View>, example: (version: Version) => Record<string, unknown>) {
  return (version: Version): Named => ({
    name,
    schema: Type.Unsafe({
      type: 'string',
      contentMediaType: 'text/csv',
      contentSchema: { type: 'array', items: reference(row) },
      description: `CSV with the columns of ${row}, comma-separated, the header first.`,
      examples: [exampleFile(Object.keys(table), example(version))],
    }),
    uses: [{ name: row, schema: Type.Object(Object.fromEntries(Object.keys(table).map((column) => [column, Type.Optional(Text)]))) }],
  })
}

/** A `filter[…]` group; undefined where there is nothing to filter by. */
export function filterSchema(name: string, filters: Record<string, TSchema>): Named | undefined {
  if (Object.keys(filters).length === 0) return undefined
  return { name, schema: Type.Object(Object.fromEntries(Object.entries(filters).map(([key, schema]) => [key, Type.Optional(schema)]))) }
}

export const cohortFilter = Type.Unsafe({
  type: 'string',
  description: 'Start years of cohorts, comma-separated. A year stands for all of its cohorts.',
  examples: ['2025,2026'],
})
export const cohortYearFilter = Type.Unsafe({
  type: 'string',
  description: 'The start year of cohorts, which stands for all of the year’s cohorts.',
  examples: ['2026'],
})
export const updatedSinceFilter = Type.Unsafe({
  type: 'string',
  description: 'Only what changed at or after this ISO 8601 moment. Write the + of an offset as %2B.',
  examples: ['2026-01-13T11:21:55Z'],
})
export const createdSinceFilter = Type.Unsafe({
  type: 'string',
  description: 'Only what was made at or after this ISO 8601 moment. Write the + of an offset as %2B.',
  examples: ['2026-01-13T11:21:55Z'],
})
export const participantIdFilter = Type.Unsafe({
  type: 'string',
  description: 'Ids of participants, comma-separated.',
  examples: ['7a8fef46-3c43-42c0-b3d5-1ba5904ba562'],
})

export function reference(name: string): TSchema {
  return Type.Unsafe({ $ref: `#/components/schemas/${name}` })
}
