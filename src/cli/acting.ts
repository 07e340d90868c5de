import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { momentOf, systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { author } from '../domain/author.ts'
import type { Act } from '../domain/history.ts'
import type { Terminal } from './terminal.ts'

/** What a command does is done by a person, who is named by `--as` or NPQ_OPERATOR; in production by their e-mail address. */
export function act(command: Command, person: string): Act {
  return { ...momentOf(systemClock), author: author.admin(person, fullName(command)) }
}

/** The name of the person who acts; throws where none is given that will do. */
export function whoActs(config: Pick<Config, 'environment' | 'operator'>, as: string | undefined, { note }: Pick<Terminal, 'note'>): string {
  const given = (as ?? config.operator)?.trim().normalize('NFC')
  if (config.environment === 'production') {
    if (!given) throw new Error(`Say who acts: give your e-mail address with --as, or set NPQ_OPERATOR to it.`)
    if (!/^[^\s@()]+@[^\s@()]+$/.test(given) || hasControls(given))
      throw new Error(`${given} is no e-mail address: in production, act under your own.`)
    return given.toLowerCase()
  }
  if (given === undefined) {
    const name = systemUser()
    note(`Acting as ${name}. Name somebody else with --as or NPQ_OPERATOR.`)
    return name
  }
  if (given === '' || given.length > 200 || hasControls(given)) throw new Error('Say who acts: give a name of one line with --as or NPQ_OPERATOR.')
  return given
}

/** The command with its groups, such as `statement authorise`. */
export function fullName(command: Command): string {
  return command.parent?.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    throw new Error('The system knows no name for you: say who acts with --as or NPQ_OPERATOR.')
  }
}
