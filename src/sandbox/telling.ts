import { type DatasetRecord, type Kind, kinds } from '../domain/dataset/dataset.ts'
import type { Facts } from './facts.ts'
import { Random } from './random.ts'

/** What is told becomes records of a dataset, which are loaded as those of any other. */
export type Telling = {
  facts: Facts
  random: Random
  records: { [K in Kind]: DatasetRecord<K>[] }
  tell<K extends Kind>(kind: K, record: DatasetRecord<K>): DatasetRecord<K>
  /** a number that no other person of the sandbox has */
  nextNumber(): number
}

/** `chance` is what all that is random follows from; `people` are there already. */
export function beginTelling(facts: Facts, { chance, people = 0 }: { chance: number; people?: number }): Telling {
  const records = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Telling['records']
  return {
    facts,
    random: new Random(chance),
    records,
    tell(kind, record) {
      records[kind].push(record as never)
      return record
    },
    nextNumber: () => people + records.user.length + 1,
  }
}
