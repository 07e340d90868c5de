// What the figures of a statement of 50,000 items cost beside reading its rows one by one.
//   npm run bench:statement [-- how-many-items]      on the PostgreSQL server of TEST_DATABASE_URL
import { sql } from 'kysely'
import pg from 'pg'
import { connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { statementFacts } from '../../src/domain/finance/facts.ts'
import { figuresOf } from '../../src/domain/finance/totals.ts'
import { loadReference } from '../../src/domain/reference/load.ts'
import { referenceFacts } from '../../src/reference-files.ts'

const howMany = Number(process.argv[2] ?? 50_000)
const url = new URL(process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres')
const name = `npq_bench_${process.pid}`
const admin = new pg.Client({ connectionString: url.href })
await admin.connect()
await admin.query(`create database ${name}`)
url.pathname = `/${name}`
const { db, close } = await connect({ databaseUrl: url.href, dataDirectory: '', poolSize: 2 })
try {
  await migrate(db)
  await loadReference(db, await referenceFacts(), { production: false })
  await sql
    .raw(`
    insert into users (full_name, email) select 'Person ' || n, 'person.' || n || '@school.example' from generate_series(1, ${howMany}) n;
    insert into applications (user_id, course_id, lead_provider_id, cohort_id, lead_provider_approval_status, training_status, eligible_for_funding)
      select id, (select id from courses where identifier = 'npq-headship'), 1, (select id from cohorts where identifier = '2024a'), 'accepted', 'active', true from users;
    insert into declarations (application_id, lead_provider_id, cohort_id, declaration_type, declaration_date, state)
      select id, 1, cohort_id, 'started', now(), 'eligible' from applications;
    insert into statements (lead_provider_id, cohort_id, year, month) select 1, id, 2024, 12 from cohorts where identifier = '2024a';
    insert into statement_items (statement_id, declaration_id, state) select 1, id, 'eligible' from declarations;
    insert into contract_templates (recruitment_target, per_participant, number_of_payment_periods, service_fee_installments) values (72, 800, 4, 19);
    insert into contracts (statement_id, course_id, contract_template_id) select 1, id, 1 from courses where identifier = 'npq-headship';
    analyze`)
    .execute(db)

  let start = performance.now()
  const { totals } = figuresOf(await statementFacts(db, 1))
  const grouped = performance.now() - start

  start = performance.now()
  let starts = 0
  for (let id = 1; id <= howMany; id++) {
    const row = await db
      .selectFrom('statement_items')
      .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
      .innerJoin('applications', 'applications.id', 'declarations.application_id')
      .select(['statement_items.state', 'declarations.declaration_type', 'applications.user_id'])
      .where('statement_items.id', '=', id)
      .executeTakeFirstOrThrow()
    if (row.state === 'eligible' && row.declaration_type === 'started') starts++
  }
  const oneByOne = performance.now() - start
  if (starts !== totals.starts) throw new Error(`${starts} starts one by one, ${totals.starts} by the figures`)
  process.stdout.write(
    `figures of ${howMany} items: ${grouped.toFixed(0)} ms; rows one by one: ${oneByOne.toFixed(0)} ms; ratio ${(grouped / oneByOne).toFixed(4)}\n`,
  )
} finally {
  await close()
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
}
