import type { Command } from 'commander'
import { wireInstant } from '../clock.ts'
import { issue } from '../domain/tokens/issue.ts'
import { listTokens } from '../domain/tokens/records.ts'
import { revoke } from '../domain/tokens/revoke.ts'
import { makeToken } from '../domain/tokens/token.ts'
import { adds, changesOne, reads } from './kinds.ts'
import { print } from './run.ts'
import { tokenKey } from './token-key.ts'
import { orRefuse } from './verdict.ts'

type IssueOptions = { provider?: string; teacherRecordService?: true; label: string }

export function addToken(program: Command): void {
  const token = program.command('token').description('issue, list and revoke bearer tokens')
  const issuing = token
    .command('issue')
    .description('issue a token and print it, once, on stdout')
    .option('--provider <name or id>', 'the lead provider that it is for')
    .option('--teacher-record-service', 'a token for the teacher record service instead')
    .requiredOption('--label <text>', 'what the token is for')
  adds(issuing, async ({ trx, act, config }, options: IssueOptions) => {
    const text = makeToken(config.environment)
    const issued = await issue(trx, {
      ...act,
      token: text,
      key: await tokenKey(config),
      label: options.label,
      scope: options.teacherRecordService ? 'teacher_record_service' : 'lead_provider',
      provider: options.provider,
    })
    const { id, provider } = orRefuse(issued)
    const whose = `Token ${id} for ${provider ?? 'the teacher record service'}.`
    return { shows: `${whose} It is shown this once: pass it on by the approved secure transfer only.`, done: text }
  })
  reads(token.command('list').description('list all tokens, without their text'), async (trx) => {
    print(['id', 'for', 'label', 'issued by', 'issued', 'last used', 'revoked', 'revoked by'].join('\t'))
    for (const row of await listTokens(trx)) {
      const times = [row.created_at, row.last_used_at, row.revoked_at].map((time) => (time ? wireInstant(time) : '-'))
      print([row.id, row.provider ?? 'teacher record service', row.label, row.issued_by, ...times, row.revoked_by ?? '-'].join('\t'))
    }
  })
  const revoking = token.command('revoke').description('end a token at once').argument('<id>', 'its number in `npq token list`')
  changesOne(revoking, async ({ trx, act }, id: string) => {
    if (!/^\d{1,15}$/.test(id)) throw new Error(`${id} is not the number of a token. See npq token list.`)
    const { label } = orRefuse(await revoke(trx, { ...act, id: Number(id) }))
    return { done: `Token ${id} (${label}) is revoked.` }
  })
}
