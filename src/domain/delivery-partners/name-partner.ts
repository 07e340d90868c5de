import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change, create } from '../history.ts'
import { judge, type Rule, refuse, type Verdict } from '../rules.ts'
import { similarNames } from './similar-names.ts'

type Facts = { name: string; present: string | undefined; takenBy: string | undefined }

/** What became of a name: the id of its partner, and the names of others that may mean the same one. */
export type Named = Verdict & { publicId?: string; similar: readonly string[] }

/** Adds a delivery partner, who may be named once a partnership says so (04 section 12.2). */
export function addPartner(db: Database, command: Act & { name: string }): Promise<Named> {
  return naming(db, command.name, undefined, (trx, name) => create(trx, command, 'delivery_partners', { name }))
}

/** Gives a delivery partner another name. */
export function renamePartner(db: Database, command: Act & { partnerId: number; name: string }): Promise<Named> {
  return naming(db, command.name, command.partnerId, async (trx, name) => {
    const partner = await trx.selectFrom('delivery_partners').selectAll().where('id', '=', command.partnerId).forUpdate().executeTakeFirstOrThrow()
    return change(trx, command, 'delivery_partners', partner, { name })
  })
}

function naming(
  db: Database,
  typed: string,
  partnerId: number | undefined,
  write: (trx: Transacting, name: string) => Promise<RowOf<'delivery_partners'>>,
): Promise<Named> {
  return transact(db, async (trx) => {
    // two that take one name at once would both find it free
    await sql`lock table delivery_partners in share row exclusive mode`.execute(trx)
    const name = typed.trim()
    const partners = await trx.selectFrom('delivery_partners').select(['id', 'name']).orderBy('name').execute()
    const others = partners.filter(({ id }) => id !== partnerId).map((partner) => partner.name)
    const refusals = judge(rules, {
      name,
      present: partners.find(({ id }) => id === partnerId)?.name,
      takenBy: others.find((other) => other.toLowerCase() === name.toLowerCase()),
    })
    if (refusals.length > 0) return { refusals, similar: [] }
    const { public_id } = await write(trx, name)
    return { refusals: [], publicId: public_id, similar: similarNames(name, others) }
  })
}

const rules: Rule<Facts>[] = [
  refuse(({ name }) => name === '', 'name', 'A delivery partner needs a name.'),
  refuse(({ name }) => name.length > 255, 'name', 'The name of a delivery partner has 255 characters at most.'),
  refuse(
    ({ takenBy }) => takenBy !== undefined,
    'name',
    ({ takenBy }) => `There is a delivery partner ${takenBy} already.`,
  ),
  refuse(({ name, present }) => name === present, 'name', 'The delivery partner has this name already.'),
]
