import { connect } from '../../src/db/connect.ts'
import { workUntil } from '../../src/jobs/worker.ts'

// A worker in a program of its own, which goes on until it is killed. Given: the database, and milliseconds of lease and beat.

const [databaseUrl, lease, beat] = process.argv.slice(2)
const { db } = await connect({ databaseUrl, dataDirectory: '', poolSize: 4 })
const silent = () => {}
await workUntil(
  {
    db,
    log: { info: silent, warn: silent, error: silent },
    config: {
      environment: 'test',
      contractsTeamEmail: undefined,
      retention: { finishedJobs: 90, sentLetters: 90, requestAudits: 90, keptAnswers: 1, changes: 90 },
    },
    send: undefined,
    times: { lease: Number(lease), beat: Number(beat) },
  },
  new AbortController().signal,
)
