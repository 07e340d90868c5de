import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { issue } from '../domain/tokens/issue.ts'
import { tokenKey } from '../domain/tokens/key.ts'
import { listTokens } from '../domain/tokens/queries.ts'
import { revoke } from '../domain/tokens/revoke.ts'
import { makeToken } from '../domain/tokens/token.ts'
import { note, print, withDatabase } from './run.ts'

type IssueOptions = { provider?: string; teacherRecordService?: true; label: string }

export function addToken(program: Command): void {
  const token = program.command('token').description('issue, list and revoke bearer tokens')
  token
    .command('issue')
    .description('issue a token and print it, once, on stdout')
    .option('--provider <name or id>', 'the lead provider that it is for')
    .option('--teacher-record-service', 'a token for the teacher record service instead')
    .requiredOption('--label <text>', 'what the token is for')
    .action(issueToken)
  token.command('list').description('list all tokens, without their text').action(printTokens)
  token.command('revoke').description('end a token at once').argument('<id>', 'its number in `npq token list`').action(revokeToken)
}

async function issueToken(options: IssueOptions) {
  await withDatabase(async ({ db }, config) => {
    const text = makeToken(config.environment)
    const { id, provider } = await issue(db, {
      now: systemClock(),
      author: 'Command token issue',
      token: text,
      key: await tokenKey(config),
      label: options.label,
      scope: options.teacherRecordService ? 'teacher_record_service' : 'lead_provider',
      provider: options.provider,
    })
    note(`Token ${id} for ${provider ?? 'the teacher record service'}. It is shown this once: pass it on by the approved secure transfer only.`)
    print(text)
  })
}

async function printTokens() {
  await withDatabase(async ({ db }) => {
    print(['id', 'for', 'label', 'issued by', 'issued', 'last used', 'revoked'].join('\t'))
    for (const row of await listTokens(db)) {
      const times = [row.created_at, row.last_used_at, row.revoked_at].map((time) => time?.toString({ smallestUnit: 'second' }) ?? '-')
      print([row.id, row.provider ?? 'teacher record service', row.label, row.issued_by, ...times].join('\t'))
    }
  })
}

async function revokeToken(id: string) {
  await withDatabase(async ({ db }) => {
    if (!/^\d{1,15}$/.test(id)) throw new Error(`${id} is not the number of a token. See npq token list.`)
    const { label } = await revoke(db, { now: systemClock(), author: 'Command token revoke', id: Number(id) })
    print(`Token ${id} (${label}) is revoked.`)
  })
}
