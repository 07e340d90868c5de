import type { TSchema } from 'typebox'

type Shape = {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  format?: string
  examples?: readonly unknown[]
  properties?: Record<string, TSchema>
  items?: TSchema
  anyOf?: readonly TSchema[]
  default?: unknown
}

/** What an attribute of this name looks like in examples, in every resource alike. All people are made up. */
const byName: Record<string, unknown> = {
  full_name: 'Isabelle MacDonald',
  previous_names: ['Isabelle Marchetti'],
  email_validated: true,
  email: 'isabelle.macdonald@moorland-primary.example',
  participant_id: '7a8fef46-3c43-42c0-b3d5-1ba5904ba562',
  application_id: 'db3a7848-7308-4879-942a-c4a70ced400a',
  npq_application_id: 'db3a7848-7308-4879-942a-c4a70ced400a',
  course_identifier: 'npq-headship',
  npq_course: 'npq-headship',
  schedule_identifier: 'npq-leadership-autumn',
  cohort: '2026',
  cohort_suffix: 'b',
  employer_name: null,
  employment_role: null,
  funding_choice: null,
  headteacher_status: 'yes_in_first_two_years',
  ineligible_for_funding_reason: null,
  private_childcare_provider_urn: null,
  teacher_reference_number: '1234567',
  teacher_reference_number_validated: true,
  school_urn: '106286',
  school_ukprn: '10079319',
  status: 'accepted',
  reason_for_rejection: null,
  targeted_delivery_funding_eligibility: false,
  teacher_catchment_country: 'United Kingdom of Great Britain and Northern Ireland',
  teacher_catchment_iso_country_code: 'GBR',
  itt_provider: null,
  lead_mentor: false,
  works_as_senco: null,
  senco_start_date: null,
  training_status: 'active',
  withdrawal: null,
  deferral: null,
  created_at: '2026-10-05T11:02:17Z',
  updated_at: '2026-10-12T08:45:30Z',
  changed_at: '2026-09-21T14:00:00Z',
  from_participant_id: '23dd8d66-e11f-4139-9001-86b4f9abcb02',
  to_participant_id: '7a8fef46-3c43-42c0-b3d5-1ba5904ba562',
  declaration_type: 'started',
  declaration_date: '2026-10-12T09:00:00Z',
  state: 'submitted',
  has_passed: null,
  voided: false,
  eligible_for_payment: false,
  eligible_for_funding: true,
  funded_place: true,
  teacher_catchment: true,
  works_in_school: true,
  statement_id: 'cd3a1234-7308-4879-942a-c4a70ced400a',
  clawback_statement_id: null,
  uplift_paid: false,
  lead_provider_name: 'Example Lead Provider',
  delivery_partner_id: '6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34',
  delivery_partner_name: 'Moorland Teaching School Hub',
  secondary_delivery_partner_id: null,
  secondary_delivery_partner_name: null,
  name: 'Moorland Teaching School Hub',
  completion_date: '2026-10-12',
  month: 'November',
  year: '2026',
  cut_off_date: '2026-11-25',
  payment_date: '2026-12-20',
  paid: false,
  date: '2026-10-12T09:00:00Z',
  reason: 'other',
}

/** The id of each resource in all examples that speak of it. */
export const exampleIds = {
  application: 'db3a7848-7308-4879-942a-c4a70ced400a',
  declaration: '3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14',
  outcome: '9f5c0f6e-2d7b-4f0c-8d2e-6a1b3c4d5e6f',
  partner: '6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34',
  statement: 'cd3a1234-7308-4879-942a-c4a70ced400a',
  participant: '7a8fef46-3c43-42c0-b3d5-1ba5904ba562',
}

const byFormat: Record<string, string> = {
  uuid: '3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14',
  'date-time': '2026-10-12T09:00:00Z',
  date: '2026-10-12',
}

/** An example of the attribute's usual value, where its name has one that fits the schema. */
export function exampleNamed(name: string, schema: TSchema): unknown {
  const value = byName[name]
  return value !== undefined && fits(schema as Shape, value) ? value : undefined
}

/** The id of the resource that the wire's type, or a path, names. */
export function exampleId(kind: string): string | undefined {
  return Object.entries(exampleIds).find(([noun]) => kind.includes(noun))?.[1]
}

/** An example with other values of these attributes, wherever they are in it. */
export function withChanges(value: unknown, changes: Readonly<Record<string, unknown>> = {}): unknown {
  if (Array.isArray(value)) return value.map((item) => withChanges(item, changes))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, Object.hasOwn(changes, name) ? changes[name] : withChanges(inner, changes)]),
  )
}

/** A CSV file of these columns with one row. */
export function exampleFile(columns: readonly string[]): string {
  const row = columns.map((column) => (column === 'id' ? byFormat['uuid'] : String(byName[column] ?? '')))
  return `${columns.join(',')}\n${row.join(',')}\n`
}

/** A believable value of the schema, whole objects and lists included. */
export function exampleOf(schema: TSchema, components: ReadonlyMap<string, TSchema>): unknown {
  const shape = schema as Shape
  if (shape.$ref !== undefined) return exampleOf(components.get(shape.$ref.split('/').at(-1) ?? '') as TSchema, components)
  if (shape.examples !== undefined) return shape.examples[0]
  if (shape.default !== undefined) return shape.default
  if (shape.anyOf?.[0]) return exampleOf(shape.anyOf[0], components)
  if (shape.properties) {
    return Object.fromEntries(Object.entries(shape.properties).map(([name, property]) => [name, exampleOf(property, components)]))
  }
  if (shape.items) return [exampleOf(shape.items, components)]
  return exampleOfScalar(shape)
}

function exampleOfScalar(shape: Shape): unknown {
  const types = [shape.type ?? 'string'].flat()
  if (shape.enum) return shape.enum[0]
  if (shape.format && byFormat[shape.format]) return byFormat[shape.format]
  if (types.includes('null')) return null
  if (types.includes('boolean')) return true
  if (types.includes('integer') || types.includes('number')) return 1
  return types.includes('array') ? [] : 'text'
}

function fits({ type, enum: values, items }: Shape, value: unknown): boolean {
  if (values && !values.includes(value)) return false
  const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  if (items && own === 'array') return [type].flat().includes('array')
  return [type].flat().includes(own)
}
