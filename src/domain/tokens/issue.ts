import type { Database } from '../../db/connect.ts'
import type { TokenScope } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import { type Act, create } from '../history.ts'
import { findProvider } from '../reference/providers.ts'
import { hashToken } from './token.ts'

export type IssueToken = Act & {
  /** the token's clear text, which is stored nowhere */
  token: string
  key: string
  label: string
  scope: TokenScope
  /** name, public id or internal id of the provider; undefined exactly for the scope `teacher_record_service` */
  provider: string | undefined
}

/** Stores a token's hash, and tells its number and whose it is. */
export async function issue(db: Database, command: IssueToken): Promise<Answer<{ id: number; provider: string | null }>> {
  const label = command.label.trim()
  if (label === '') return refusal('label_missing', 'label', 'A token needs a label that says what it is for.')
  if ((command.scope === 'lead_provider') !== (command.provider !== undefined))
    return refusal(
      'provider_not_of_this_kind',
      'provider',
      'A token for the provider API needs a provider; a token for the teacher record service has none.',
    )
  return transact(db, async (trx) => {
    const provider = command.provider === undefined ? answer(null) : await findProvider(trx, command.provider)
    if (provider.value === undefined) return provider
    const row = await create(trx, command, 'api_tokens', {
      hashed_token: hashToken(command.token, command.key),
      label,
      issued_by: command.author,
      scope: command.scope,
      lead_provider_id: provider.value?.id ?? null,
    })
    return answer({ id: row.id, provider: provider.value?.name ?? null })
  })
}
