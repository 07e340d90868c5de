// @ts-check
// Keeps a copy of your applications in a JSON file: each run reads only what changed.
//
//   NPQ_URL=… NPQ_TOKEN=… node keep-a-copy.js copy.json
import { readFile, rename, writeFile } from 'node:fs/promises'
import { sync } from 'npq-client'
import { npq } from './connection.js'

const file = process.argv[2] ?? 'copy.json'

/** @type {{ cursor?: string, applications: Record<string, import('npq-client').v3.Application> }} */
const copy = JSON.parse(await readFile(file, 'utf8').catch(() => '{"applications":{}}'))
let read = 0

for await (const { records, cursor } of sync((query) => npq.listApplications(query), copy.cursor)) {
  for (const application of records) copy.applications[application.id] = application
  if (cursor !== undefined) copy.cursor = cursor
  read += records.length
}

// whole or not at all: a run that is killed leaves the file and its cursor as they were
await writeFile(`${file}.new`, JSON.stringify(copy))
await rename(`${file}.new`, file)
process.stdout.write(`${read} read; ${Object.keys(copy.applications).length} applications are in ${file}.\n`)
