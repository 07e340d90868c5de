import { userInfo } from 'node:os'
import { Command } from 'commander'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { act, whoActs } from '../../src/cli/acting.ts'
import { kindOf, reads } from '../../src/cli/kinds.ts'
import { program } from '../../src/cli/program.ts'
import { preparedDirectory } from '../support/command.ts'

const production = { environment: 'production', operator: undefined } as const
const sandbox = { environment: 'sandbox', operator: undefined } as const
const silent = { note: () => {} }

describe('who acts', () => {
  test('is named by --as before NPQ_OPERATOR', () => {
    expect(whoActs({ ...production, operator: 'ben@example.org' }, 'ann@example.org', silent)).toBe('ann@example.org')
    expect(whoActs({ ...production, operator: 'Ben@Example.org ' }, undefined, silent)).toBe('ben@example.org')
    expect(whoActs({ ...sandbox, operator: 'Ben' }, undefined, silent)).toBe('Ben')
  })

  test.each([
    [undefined, 'Say who acts'],
    [' ', 'Say who acts'],
    ['Ann', 'Ann is no e-mail address'],
    ['ann@example.org (statement authorise)', 'is no e-mail address'],
    ['ann@example.org\u0007', 'is no e-mail address'],
  ])('must be given in production by e-mail address: not %j', (as, text) => {
    expect(() => whoActs(production, as, silent)).toThrow(text)
  })

  test('is the system’s user elsewhere, and is told so', () => {
    const notes: string[] = []
    const { username } = userInfo()
    expect(whoActs(sandbox, undefined, { note: (text) => notes.push(text) })).toBe(username)
    expect(notes).toEqual([`Acting as ${username}. Name somebody else with --as or NPQ_OPERATOR.`])
  })

  test.each(['', 'two\nlines', 'x'.repeat(201)])('is a name of one line: not %j', (as) => {
    expect(() => whoActs(sandbox, as, silent)).toThrow('Say who acts')
  })

  test('is signed with the command', () => {
    const authorise = leaves(program).find((command) => command.name() === 'authorise')
    expect(authorise && act(authorise, 'ann@example.org').author).toBe('Admin ann@example.org (statement authorise)')
  })
})

describe('every command', () => {
  const flags = { runs: [], reads: [], adds: ['--as'], changesOne: ['--as', '--yes'], changesMany: ['--as', '--write'] }

  test.each(leaves(program).map((command) => [nameOf(command), command] as const))(
    '%s is of one kind, and has the flags of that kind',
    (_, command) => {
      const kind = kindOf(command)
      expect(kind).toBeDefined()
      const words = command.options.map(({ long }) => long ?? '').filter((flag) => /^--(as|yes|write|force|.*dry.*)$/.test(flag))
      expect(words.sort()).toEqual(kind && flags[kind])
    },
  )
})

test('a command that reads cannot write', async () => {
  const DATA_DIR = await preparedDirectory()
  const reading = new Command('read')
  reads(reading, (trx) => trx.deleteFrom('jobs').execute())
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('DATA_DIR', DATA_DIR)
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(reading.parseAsync([], { from: 'user' })).rejects.toThrow('read-only transaction')
})

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves)
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}
