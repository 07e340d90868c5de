import { type RawBuilder, sql } from 'kysely'
import type { Database, Transacting } from '../db/connect.ts'
import { transact } from '../db/transact.ts'
import { makeIncoming } from '../domain/dataset/incoming.ts'
import { putBack } from '../domain/dataset/put-back.ts'
import { liveDeclarationStates } from '../domain/declarations/states.ts'
import type { Act } from '../domain/history.ts'
import { recordImport } from '../domain/imports.ts'
import { lockPeople } from '../domain/participants/records.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../domain/rules.ts'
import { elsewhere } from './elsewhere.ts'
import { oneAtATime } from './seed.ts'

export type ResetProvider = Act & { providerId: number }

const kinds = ['user', 'participant_id_change', 'application', 'statement', 'declaration'] as const

/**
 * Puts a provider's applications, participants, declarations, outcomes, statements and own day back to what the sandbox began with, and
 * takes away what has been made for it since. Nothing of another provider's changes, to the last id and time:
 *
 * - people who applied to another provider too stay as they are;
 * - an application that another provider has now stays there, and one whose person another provider has taken on for the course in the
 *   cohort meanwhile stays as it is, without declarations;
 * - what another provider's declarations refer to stays: voided, where the seed does not know it.
 *
 * What the department agreed and corrected (contracts, milestones, adjustments) stays, and so do tokens. All of it or nothing. Two resets
 * come one after the other; who acts on one of the people is waited for, or waits.
 */
export function resetProvider(db: Database, command: ResetProvider): Promise<Verdict> {
  return transact(db, async (trx) => {
    await oneAtATime(trx)
    const { providerId } = command
    const { name } = await trx.selectFrom('lead_providers').select('name').where('id', '=', providerId).executeTakeFirstOrThrow()
    const refusals = judge(resetRules, { seeded: await isSeeded(trx) })
    if (refusals.length > 0) return { refusals }

    await lockAll(trx, providerId)
    await gather(trx, providerId, name)
    await sql`select set_config('npq.putting_back', 'on', true)`.execute(trx)
    await takeAway(trx, providerId)
    for (const kind of kinds) await putBack(trx, kind)
    await sql`select set_config('npq.putting_back', 'off', true)`.execute(trx)
    await recordImport(trx, command, { type: 'reset', name, added: await countIncoming(trx) })
    return done
  })
}

export const resetRules: Rules<{ seeded: boolean }> = [
  refuse(
    'nothing_to_reset',
    ({ seeded }) => !seeded,
    'base',
    'This sandbox does not keep what it began with, so there is nothing to go back to. Get in touch with us.',
  ),
]

async function isSeeded(trx: Transacting): Promise<boolean> {
  return (await trx.selectFrom('seed_records').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Locks what others may be deciding on, in the order of locks. Who comes later finds the people as they are afterwards. */
async function lockAll(trx: Transacting, providerId: number): Promise<void> {
  await sql`select from sandbox_clocks where lead_provider_id = ${providerId} for update`.execute(trx)
  const { rows } = await sql<{ id: number }>`
    select user_id as id from applications where lead_provider_id = ${providerId}
    union select user_id from applications join declarations on declarations.application_id = applications.id
      where declarations.lead_provider_id = ${providerId}`.execute(trx)
  const people = await lockPeople(
    trx,
    rows.map(({ id }) => id),
  )
  const ids = people.flatMap((person) => (person ? [person.user, ...person.sameTrn] : [])).map(({ id }) => id)
  for (const table of ['applications', 'declarations', 'statements'] as const) {
    await sql`select from ${sql.table(table)} where lead_provider_id = ${providerId} order by id for update`.execute(trx)
  }
  await sql`drop table if exists people_before`.execute(trx)
  await sql`create temporary table people_before on commit drop as select unnest(${ids}::bigint[]) as id`.execute(trx)
}

/** The rows that an incoming record of a kind is, as a condition on their table. */
function isIncoming(kind: (typeof kinds)[number], publicId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${publicId} in (select (record ->> 'id')::uuid from incoming where kind = ${kind})`
}

/** Puts the provider's records of the seed into `incoming`, save for what has become somebody else's meanwhile. */
async function gather(trx: Transacting, providerId: number, name: string): Promise<void> {
  const application = sql`(record ->> 'id')::uuid`
  // what another provider recorded of a training before the application went over is that one's
  const states = sql`jsonb_build_object('states', (
    select coalesce(jsonb_agg(state order by place), '[]') from jsonb_array_elements(record -> 'states') with ordinality as held(state, place)
    where coalesce(state ->> 'lead_provider', ${name}) = ${name}))`
  await makeIncoming(trx)
  await sql`insert into incoming
    select id, kind, '', case kind when 'application' then record || ${states} else record end from seed_records
    where kind = 'statement' and record ->> 'lead_provider' = ${name}
      or kind = 'application' and record ->> 'lead_provider' = ${name} and not exists (
        select from applications as there where there.public_id = ${application} and (there.lead_provider_id <> ${providerId} or exists (
          select from applications as other where other.user_id = there.user_id and other.lead_provider_id <> ${providerId}
            and other.course_family = there.course_family and other.cohort_id = there.cohort_id
            and other.lead_provider_approval_status = 'accepted')))`.execute(trx)
  const declaredFor = sql`(record ->> 'application_id')::uuid`
  const elsewhere = sql`exists (select from applications as there where there.public_id = ${declaredFor} and there.lead_provider_id <> ${providerId})`
  await sql`insert into incoming
    select id, kind, '', record from seed_records
    where kind = 'declaration' and record ->> 'lead_provider' = ${name} and (${isIncoming('application', declaredFor)} or ${elsewhere})
      and not exists (
        select from declarations as other join applications as there on there.id = other.application_id
        where there.public_id = ${declaredFor} and other.lead_provider_id <> ${providerId}
          and other.declaration_type = record ->> 'declaration_type' and other.state = any(${liveDeclarationStates}::text[]))`.execute(trx)
  const person = sql`coalesce(record ->> 'participant_id', record ->> 'id')`
  await sql`insert into incoming
    select id, kind, '', record from seed_records
    where kind in ('user', 'participant_id_change')
      and ${person} in (select record ->> 'participant_id' from incoming where kind = 'application')
      and not exists (
        select from users join applications on applications.user_id = users.id
        left join declarations on declarations.application_id = applications.id and declarations.lead_provider_id <> ${providerId}
        where users.public_id = (${person})::uuid and (applications.lead_provider_id <> ${providerId} or declarations.id is not null))`.execute(trx)
  await sql`analyze incoming`.execute(trx)
}

/** Takes away what the records hold in lists, and what the seed does not know and nobody else's rows refer to. */
async function takeAway(trx: Transacting, providerId: number): Promise<void> {
  const own = sql`lead_provider_id = ${providerId}`
  const declared = sql`declaration_id in (select id from declarations where ${own})`
  await sql`delete from statement_items where ${declared}`.execute(trx)
  await sql`delete from outcomes where ${declared}`.execute(trx)
  await sql`delete from application_states where ${own}
    and application_id in (select id from applications where ${isIncoming('application', sql`public_id`)})`.execute(trx)

  await takeAwayInvented(trx, providerId)
  const original = sql`id in (select superseded_by_id from declarations as duplicate where duplicate.lead_provider_id <> ${providerId})`
  const unknown = sql`${own} and not ${isIncoming('declaration', sql`public_id`)}`
  await sql`delete from declarations where ${unknown} and (${original}) is not true`.execute(trx)
  await sql`update declarations set state = 'voided', state_reason = null, superseded_by_id = null where ${unknown}`.execute(trx)
  await sql`delete from applications where ${own}
    and public_id not in (${seeded('application')})
    and not exists (select from declarations where application_id = applications.id)`.execute(trx)
  await sql`delete from users where id in (select id from people_before)
    and public_id not in (${seeded('user')})
    and not exists (select from applications where user_id = users.id or merged_from_user_id = users.id)`.execute(trx)
  await sql`delete from participant_id_changes where user_id in (select id from users where ${isIncoming('user', sql`public_id`)})`.execute(trx)
  await sql`update statements set totals = null where totals is not null and ${isIncoming('statement', sql`public_id`)}`.execute(trx)
  await sql`update sandbox_clocks set days_ahead = 0 where ${own}`.execute(trx)
  await sql`delete from kept_answers where ${own}`.execute(trx)
}

/** People whom the provider had made up, with all that is theirs: also with the provider that is nobody's, which situations need. */
async function takeAwayInvented(trx: Transacting, providerId: number): Promise<void> {
  const foreign = sql`lead_provider_id not in (select id from lead_providers where id = ${providerId} or public_id = ${elsewhere.id})`
  await sql`drop table if exists invented`.execute(trx)
  await sql`create temporary table invented on commit drop as
    select applications.id, user_id from applications join people_before on people_before.id = user_id join users on users.id = user_id
    where users.public_id not in (${seeded('user')})
      and user_id not in (select user_id from applications where ${foreign})
      and user_id not in (select user_id from applications join declarations on declarations.application_id = applications.id
        where declarations.${foreign})`.execute(trx)
  await sql`delete from declarations where application_id in (select id from invented)`.execute(trx)
  await sql`delete from applications where id in (select id from invented)`.execute(trx)
}

/** The public ids of the records of a kind in the seed. */
function seeded(kind: (typeof kinds)[number]): RawBuilder<unknown> {
  return sql`select (record ->> 'id')::uuid from seed_records where kind = ${kind}`
}

async function countIncoming(trx: Transacting): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; count: number }>`select kind, count(*) from incoming group by 1 order by 1`.execute(trx)
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}
