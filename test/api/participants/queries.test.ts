import { describe, expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import { ask, makeApp } from '../../support/app.ts'
import { countingReads } from '../../support/counting.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

describe.each(versions)('in %s', (version) => {
  test.each([
    ['participants/npq', 4],
    ['participants/npq/outcomes', 3],
  ])('a page of %s takes %i queries, one of them for the token, however long it is', async (path, expected) => {
    const db = await database()
    const token = await make.token(db)
    const { db: counted, reads } = countingReads(db)
    for (let size = 1; size <= 12; size++) {
      const user = await make.user(db)
      const application = await make.acceptedApplication(db, { user, training_status: 'deferred' })
      await make.acceptedApplication(db, { user, course: 'npq-senco' })
      await make.idChange(db, { user })
      await make.outcome(db, { declaration: await make.declaration(db, { application, declaration_type: 'completed' }) })
      if (![1, 5, 12].includes(size)) continue
      // a server that has just started knows no token yet
      const app = await makeApp({ db: counted })
      const before = reads()
      const { data } = (await ask(app, `/api/${version}/${path}`, { token })).json()
      expect([data.length, reads() - before]).toEqual([size, expected])
    }
  })
})
