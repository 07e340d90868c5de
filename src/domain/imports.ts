import type { Transacting } from '../db/connect.ts'
import type { Act } from './history.ts'

/** Keeps who loaded which file, and how many records of each kind it added. */
export async function recordImport(
  trx: Transacting,
  { author }: Pick<Act, 'author'>,
  file: { type: string; name: string; added: Record<string, number> },
): Promise<void> {
  await trx
    .insertInto('imports')
    .values({ type: file.type, file_name: file.name, imported_by: author, added: JSON.stringify(file.added) })
    .execute()
}
