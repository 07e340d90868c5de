import { eachApplication } from '../../domain/applications/records.ts'
import { csvStream } from '../csv.ts'
import type { CsvEndpoint, Endpoint } from '../endpoint.ts'
import { exampleIds } from '../examples.ts'
import { readInstant, unreadableInstant } from '../filters.ts'
import { enrolment } from '../participants/representation.ts'
import { csvOf, filterSchema, updatedSinceFilter } from '../schemas.ts'
import { type Version, versionsWith } from '../versions.ts'
import { enrolmentColumns } from './csv.ts'

const exampleRow = (version: Version) => ({ participant_id: exampleIds.participant, ...enrolment.example(version) })

const csv: CsvEndpoint = {
  format: 'csv',
  method: 'GET',
  path: '/npq-enrolments.csv',
  versions: versionsWith({ v1: false, v2: true, v3: false }),
  tag: 'NPQ Enrolments',
  operationId: 'listEnrolmentsAsCsv',
  summary: 'Download your enrolments as CSV',
  description: 'Every application that you accepted, in one file. There are no pages.',
  filters: () => filterSchema('ListEnrolmentsFilter', { updated_since: updatedSinceFilter }),
  answer: csvOf('EnrolmentsCsvResponse', 'EnrolmentCsv', enrolmentColumns, exampleRow),
  problems: () => [unreadableInstant('updated_since')],
  async handle({ db, provider, query }) {
    const updatedSince = readInstant(query.filter('updated_since'), 'updated_since')
    return csvStream(enrolmentColumns, eachApplication(db, { providerId: provider.id, updatedSince, accepted: true }), true)
  },
}

export const enrolmentEndpoints: readonly Endpoint[] = [csv]
