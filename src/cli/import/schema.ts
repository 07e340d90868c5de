import { dataset, type Kind, kinds } from '../../domain/dataset/dataset.ts'
import { recordSchema } from '../../domain/dataset/fields.ts'
import { listName } from './source.ts'

/** The dataset as JSON Schema: of one JSON file, and of one line of newline-delimited JSON. */
export function datasetSchema() {
  const line = ({ properties, required, ...rest }: { properties?: object; required?: string[] }, kind: Kind) => ({
    ...rest,
    properties: { kind: { const: kind }, ...properties },
    required: ['kind', ...(required ?? [])],
  })
  const records = Object.fromEntries(kinds.map((kind) => [kind, recordSchema(dataset[kind])]))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'NPQ dataset',
    description: 'One JSON file; $defs/line describes one line of newline-delimited JSON.',
    type: 'object',
    properties: Object.fromEntries(kinds.map((kind) => [listName(kind), { type: 'array', items: { $ref: `#/$defs/${kind}` } }])),
    additionalProperties: false,
    $defs: { ...records, line: { oneOf: kinds.map((kind) => line(recordSchema(dataset[kind]), kind)) } },
  }
}
