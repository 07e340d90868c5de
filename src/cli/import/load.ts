import { sql } from 'kysely'
import { Compile } from 'typebox/compile'
import type { Environment } from '../../config.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { hashToken, hasTokenForm } from '../../domain/tokens/token.ts'
import { dataset, type Kind, kinds } from './dataset.ts'
import { columnDefinitions, recordSchema } from './fields.ts'
import { type Fault, type Found, readDataset } from './source.ts'
import { steps } from './steps.ts'

export type ImportSettings = {
  environment: Environment
  tokenKey: string
  /** told from time to time how far the load has come */
  progress?: (line: string) => void
}
export type Loaded = Record<Kind, { read: number; added: number }>

/** What is wrong with a dataset; nothing of it was written. */
export class FaultyDataset extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[], howMany: number) {
    const lines = faults.map(({ place, problem }) => `  ${place} ${problem}`)
    const rest = howMany > faults.length ? [`  and ${howMany - faults.length} more`] : []
    super(`Nothing was imported: ${howMany} fault${howMany === 1 ? '' : 's'} in the dataset.\n${[...lines, ...rest].join('\n')}`)
    this.faults = faults
  }
}

const mostShown = 100
const batchSize = 2000

/**
 * Loads a dataset whole or not at all. Records are staged in a temporary table, so that memory stays bounded whatever their
 * number, and then checked and inserted kind by kind; a record whose key is known already is left as it is.
 */
export async function importDataset(db: Database, file: string, settings: ImportSettings): Promise<Loaded> {
  const loaded = await db.transaction().execute(async (trx) => {
    const read = await stage(trx, file, settings)
    const counts = {} as Loaded
    for (const kind of kinds) {
      if (read[kind] > 0) settings.progress?.(`loading ${read[kind]} ${kind} records`)
      counts[kind] = { read: read[kind], added: read[kind] > 0 ? await load(trx, kind) : 0 }
    }
    return counts
  })
  await freshenStatistics(db)
  return loaded
}

/** Checks the form of every record and puts it into the temporary table `incoming`. */
async function stage(trx: Transacting, file: string, settings: ImportSettings): Promise<Record<Kind, number>> {
  await sql`create temporary table incoming (number bigint, kind text, place text, record jsonb) on commit drop`.execute(trx)
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
  const faults = collectFaults()
  let batch: Extract<Found, { kind: Kind }>[] = []
  let number = 0
  const flush = async () => {
    const first = number - batch.length
    await sql`insert into incoming select ${first} + ordinality, kind, place, record
      from unnest(${batch.map(({ kind }) => kind)}::text[], ${batch.map(({ place }) => place)}::text[], ${batch.map(({ record }) => JSON.stringify(record))}::jsonb[])
        with ordinality as r(kind, place, record)`.execute(trx)
    batch = []
  }
  for await (const found of readDataset(file)) {
    const wrong = 'problem' in found ? [found] : faultsOf(found, settings)
    if (wrong.length > 0) faults.add(...wrong)
    if (wrong.length > 0 || faults.count > 0 || 'problem' in found) continue
    counts[found.kind]++
    number++
    batch.push(found.kind === 'token' ? hashed(found, settings) : found)
    if (batch.length === batchSize) await flush()
    if (number % 100_000 === 0) settings.progress?.(`read ${number} records`)
  }
  faults.throwIfAny()
  await flush()
  await sql`analyze incoming`.execute(trx)
  return counts
}

const validators = Object.fromEntries(kinds.map((kind) => [kind, Compile(recordSchema(dataset[kind]))])) as unknown as Record<
  Kind,
  ReturnType<typeof Compile>
>

function faultsOf({ kind, place, record }: Extract<Found, { kind: Kind }>, settings: ImportSettings): Fault[] {
  if (!validators[kind].Check(record)) {
    return validators[kind].Errors(record).map(({ instancePath, message, keyword }) => ({
      place: place + instancePath,
      problem: keyword === 'boolean' ? 'is not a known member' : message,
    }))
  }
  if (kind !== 'token') return []
  if (settings.environment === 'production') {
    return [{ place: `${place}/token`, problem: 'cannot be imported in production: issue tokens with npq token issue' }]
  }
  if (!hasTokenForm(String(record['token']), settings.environment)) {
    return [{ place: `${place}/token`, problem: `is not of the form that ENVIRONMENT=${settings.environment} takes, or its checksum is wrong` }]
  }
  return []
}

/** The clear text of a token goes no further than here. */
function hashed(found: Extract<Found, { kind: Kind }>, { tokenKey }: ImportSettings) {
  return { ...found, record: { ...found.record, token: hashToken(String(found.record['token']), tokenKey) } }
}

/** Resolves, checks and inserts the records of one kind; returns how many were new. */
async function load(trx: Transacting, kind: Kind): Promise<number> {
  const { references, checks, insert } = steps[kind]
  await sql`drop table if exists provider_names, resolved, inserted`.execute(trx)
  await sql`create temporary table provider_names on commit drop as
    select public_id::text as name, id from lead_providers union select lower(name), id from lead_providers`.execute(trx)
  const joins = references.map(({ column, table, on }) => `left join ${table} ${column} on ${on}`).join('\n')
  const columns = references.map(({ column }) => `, ${column}.id as ${column}`).join('')
  await sql
    .raw(`create temporary table resolved on commit drop as
      select i.number, i.place, r.* ${columns} from incoming i
      cross join lateral jsonb_to_record(i.record) as r(${columnDefinitions(dataset[kind])}) ${joins}
      where i.kind = '${kind}'`)
    .execute(trx)
  await indexResolved(trx, kind)

  const faults = collectFaults()
  for (const { column, given } of references) {
    await faults.find(trx, `r.${given} is not null and r.${column} is null`, given, 'refers to a record that does not exist')
  }
  for (const { fails, at, problem } of checks) await faults.find(trx, fails, at, problem)
  faults.throwIfAny()

  try {
    return await insertAll(trx, insert)
  } catch (error) {
    const { message, detail } = error as { message: string; detail?: string }
    throw new FaultyDataset([{ place: kind, problem: `records were refused by the database: ${message}${detail ? ` (${detail})` : ''}` }], 1)
  }
}

/** Runs the first statement, keeping the rows that it returns as `inserted` for the rest; returns how many rows were new. */
async function insertAll(trx: Transacting, [first = '', ...rest]: string[]): Promise<number> {
  if (!first.includes(' returning ')) {
    const { numAffectedRows } = await sql.raw(first).execute(trx)
    for (const statement of rest) await sql.raw(statement).execute(trx)
    return Number(numAffectedRows ?? 0)
  }
  await sql.raw(`create temporary table inserted (id bigint, public_id uuid) on commit drop`).execute(trx)
  const { numAffectedRows } = await sql.raw(`with added as (${first}) insert into inserted select id, public_id from added`).execute(trx)
  await sql`create index on inserted (public_id)`.execute(trx)
  await sql`analyze inserted`.execute(trx)
  for (const statement of rest) await sql.raw(statement).execute(trx)
  return Number(numAffectedRows ?? 0)
}

async function indexResolved(trx: Transacting, kind: Kind) {
  const members: Partial<Record<Kind, string[]>> = {
    user: ['id', 'lower(email)', 'uid'],
    application: ['id', 'user_id'],
    declaration: ['id', 'application_id'],
    delivery_partner: ['id', 'lower(name)'],
    statement: ['id', 'lead_provider_id'],
    lead_provider: ['id'],
  }
  for (const member of members[kind] ?? []) await sql.raw(`create index on resolved (${member})`).execute(trx)
  await sql`analyze resolved`.execute(trx)
}

function collectFaults() {
  const shown: Fault[] = []
  let count = 0
  return {
    get count() {
      return count
    },
    add(...more: Fault[]) {
      count += more.length
      shown.push(...more.slice(0, Math.max(0, mostShown - shown.length)))
    },
    /** Adds a fault for every row of `resolved` of which the condition is true. */
    async find(trx: Transacting, condition: string, at: string, problem: string) {
      const { rows } = await sql<{ place: string; total: number }>`
        select place, count(*) over () as total from resolved r where ${sql.raw(condition)} order by number limit ${mostShown}`.execute(trx)
      this.add(...rows.map(({ place }) => ({ place: `${place}/${at}`, problem })))
      count += Math.max(0, (rows[0]?.total ?? 0) - rows.length)
    },
    throwIfAny() {
      if (count > 0) throw new FaultyDataset(shown, count)
    },
  }
}

/** So that a page's keys come from an index alone at once, and plans know how much there is. */
async function freshenStatistics(db: Database) {
  for (const table of ['users', 'applications', 'application_states', 'declarations', 'outcomes', 'statement_items']) {
    await sql.raw(`vacuum (analyze) ${table}`).execute(db)
  }
}
