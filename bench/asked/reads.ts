import type pg from 'pg'
import { day, end } from '../dataset/scale.ts'
import { type Asked, get } from './asked.ts'
import { type List, lists } from './lists.ts'

/** How many different records the shows of one noun ask for in turn. */
const shown = 8
const lastDay = new Date(end - day).toISOString()

/** All that is read: each list's first page, a late one, one of 3,000 rows and what changed lately, and each show. */
export async function reads(db: pg.Client, provider: number, applications: number): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const list of lists) {
    const { noun, path } = list
    const rows = Number((await db.query(list.count, [provider])).rows[0]?.count)
    const latest = Math.min(1000, Math.floor(rows / 100))
    asked.push({ noun, kind: 'first page', calls: [get(firstPage(list))], directus: [get(directusPage(list, provider))] })
    if (latest > 1) asked.push({ noun, kind: 'late page', detail: `page ${latest}`, calls: [get(`${firstPage(list)}&page[page]=${latest}`)] })
    asked.push({ noun, kind: '3,000 rows', detail: `${Math.min(rows, 3000)} rows`, calls: [get(`${path}?page[per_page]=3000`)] })
    if (list.since) {
      const since = list.lastDay === undefined ? lastDay : String((await db.query(list.lastDay, [provider])).rows[0]?.since)
      asked.push({ noun, kind: 'updated since', detail: 'the last day', calls: [get(`${firstPage(list)}&filter[${list.since}]=${since}`)] })
    }
    if (noun === 'applications') asked.push(...(await changedSince(db, list, provider, applications)))
    const ids = (await db.query<{ id: string }>(list.ids, [provider, shown])).rows.map(({ id }) => id)
    asked.push({
      noun,
      kind: 'show',
      calls: ids.map((id) => get(list.show?.(id) ?? `${path}/${id}`)),
      directus: ids.map((id) => get(directusShow(list, id))),
    })
  }
  return asked
}

/** The first page of each list: what is compared between sizes. */
export function firstPages(): Asked[] {
  return lists.map((list) => ({ noun: list.noun, kind: 'first page', calls: [get(firstPage(list))] }))
}

function firstPage({ path }: List): string {
  return `${path}?page[per_page]=100`
}

/** The applications that changed since moments after which 10, 2,800 and 100,000 of a provider's 200,000 did, or as large a share. */
async function changedSince(db: pg.Client, list: List, provider: number, applications: number): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const matching of [10, Math.round(applications * 0.0028), Math.round(applications * 0.1)]) {
    const { rows } = await db.query<{ since: string }>(
      `select to_char(greatest(applications.updated_at, users.significantly_updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since
       from applications join users on users.id = applications.user_id where applications.lead_provider_id = $1
       order by greatest(applications.updated_at, users.significantly_updated_at) desc offset $2 limit 1`,
      [provider, matching - 1],
    )
    if (rows[0] === undefined) continue
    const detail = `${matching.toLocaleString('en')} match`
    asked.push({
      noun: 'applications',
      kind: 'updated since',
      detail,
      calls: [get(`${firstPage(list)}&filter[updated_since]=${encodeURIComponent(rows[0].since)}`)],
    })
  }
  return asked
}

function directusPage({ directus }: List, provider: number): string {
  return directus === undefined
    ? ''
    : `/items/${directus.collection}?limit=100&sort=${directus.sort}&fields=${directus.fields}&filter[${directus.provider}][_eq]=${provider}`
}

function directusShow({ directus, noun }: List, id: string): string {
  const key = keys[noun] ?? 'public_id'
  return directus === undefined
    ? ''
    : `/items/${directus.collection}?limit=100&fields=${directus.fields}&filter${key.replace(/[^.]+/g, '[$&]').replaceAll('.', '')}[_eq]=${id}`
}

/** Where Directus finds the id by which a record is shown. */
const keys: Record<string, string> = {
  participants: 'user_id.public_id',
  outcomes: 'declaration_id.application_id.user_id.public_id',
  'delivery partners': 'delivery_partner_id.public_id',
}
