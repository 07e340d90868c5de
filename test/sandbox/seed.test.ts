import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { seed } from '../../src/sandbox/seed.ts'
import { now } from '../support/app.ts'
import { clean, database, onPostgres } from '../support/database.ts'
import { user } from '../support/make.ts'

describe('seeding a sandbox', { timeout: 120_000 }, () => {
  test('changes nothing when it is done again, and makes the same data anew for the same moment, to the last id and time', async () => {
    const db = await database()
    const made = await seed(db, now)
    expect(made).toMatchObject({ people: expect.any(Number), applications: expect.any(Number) })
    const first = await fingerprints()
    expect(await seed(db, now.add({ hours: 24 }))).toBeUndefined()
    expect(await fingerprints()).toEqual(first)
    // the ids that come next are free
    expect((await user(db)).id).toBe((made?.people ?? 0) + 1)

    await clean()
    await seed(db, now)
    expect(await fingerprints()).toEqual(first)
  })

  test('writes what happened in the order of time, so that the newest row is the last, and says what its record says', async () => {
    const db = await database()
    await seed(db, now)
    for (const [table, record] of [
      ['application_states', 'application_id'],
      ['outcomes', 'declaration_id'],
      ['participant_id_changes', 'user_id'],
      ['declarations', 'application_id'],
    ] as const) {
      const { rows } = await sql<{ held: number; late: number }>`
        select count(*) as held, count(*) filter (where exists (select from ${sql.table(table)} earlier
          where earlier.${sql.ref(record)} = each.${sql.ref(record)} and earlier.id < each.id and earlier.created_at > each.created_at)) as late
        from ${sql.table(table)} each`.execute(db)
      expect([table, Number(rows[0]?.held) > 0, Number(rows[0]?.late)]).toEqual([table, true, 0])
    }
    const { rows } = await sql`select from applications where training_status is distinct from
      (select state from application_states where application_id = applications.id order by id desc limit 1)`.execute(db)
    expect(rows).toEqual([])
  })

  test('makes nothing where there are people already', async () => {
    const db = await database()
    await user(db)
    expect(await seed(db, now)).toBeUndefined()
    expect(await db.selectFrom('schools').selectAll().execute()).toEqual([])
  })

  test.runIf(onPostgres)('makes one set when two processes start at once', async () => {
    const db = await database()
    const made = await Promise.all([seed(db, now), seed(db, now), seed(db, now)])
    expect(made.filter((each) => each !== undefined)).toHaveLength(1)
    const { people } = await db
      .selectFrom('users')
      .select(({ fn }) => fn.countAll<number>().as('people'))
      .executeTakeFirstOrThrow()
    expect(people).toBe(made.find((each) => each !== undefined)?.people)
  })
})

/** Tables of whose rows the records of a dataset tell no time: they carry that of their loading. */
const timeless = [
  ...['schools', 'private_childcare_providers', 'itt_providers', 'delivery_partnerships'],
  ...['contract_templates', 'contracts', 'milestones', 'milestone_statements'],
]

/** One hash for each table, over all of its rows. */
async function fingerprints(): Promise<Record<string, string>> {
  const db = await database()
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' order by 1`.execute(db)
  const hashes: Record<string, string> = {}
  for (const { name } of tables) {
    const hidden = timeless.includes(name) ? ['created_at', 'updated_at'] : []
    const row = sql`(to_jsonb(each) - ${hidden}::text[])::text`
    const { rows } = await sql<{ hash: string }>`select md5(string_agg(${row}, '|' order by ${row})) as hash from ${sql.table(name)} each`.execute(db)
    hashes[name] = rows[0]?.hash ?? ''
  }
  return hashes
}
