import type { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import type { Connection, Transacting } from '../db/connect.ts'
import type { Act } from '../domain/history.ts'
import { act, whoActs } from './acting.ts'
import { conclude, type Result, rehearseOrWrite, showAndAsk } from './carry-out.ts'
import { withDatabase } from './run.ts'
import { terminal } from './terminal.ts'

/**
 * The kinds of command, by the heading under which `--help` lists them. Each command is of one kind: by it, and by nothing else,
 * it comes by its database, by the person who acts and by the words with which it is told to go ahead.
 */
const kinds = {
  runs: 'Commands that run the service:',
  reads: 'Commands that read:',
  adds: 'Commands that add a record at once:',
  changesOne: 'Commands that show a change of one record, and ask (unless --yes):',
  changesMany: 'Commands that rehearse, and write with --write:',
} as const
export type Kind = keyof typeof kinds

/** The kind of a command; undefined for a group. */
export function kindOf(command: Command): Kind | undefined {
  return (Object.keys(kinds) as Kind[]).find((kind) => kinds[kind] === command.helpGroup())
}

type Given = { as?: string; yes?: true; write?: true }
/** What a command acts with: its transaction, and who acts when. */
export type Doing = { trx: Transacting; act: Act; config: Config }
type Acting = Pick<Connection, 'db' | 'openCopy'> & { act: () => Act; config: Config }

/** What serves, or works on what is written down; no person acts. */
export function runs<A extends unknown[]>(command: Command, work: (...given: A) => Promise<unknown>): void {
  command.helpGroup(kinds.runs).action(async (...given) => {
    await work(...(given as unknown as A))
  })
}

/** Shows what is there, on a transaction that cannot write. */
export function reads<A extends unknown[]>(command: Command, work: (trx: Transacting, ...given: A) => Promise<unknown>): void {
  command.helpGroup(kinds.reads).action(async (...given) => {
    await withDatabase(({ db }) =>
      db
        .transaction()
        .setAccessMode('read only')
        .execute((trx) => work(trx, ...(given as unknown as A))),
    )
  })
}

/** Adds a record, at once: nothing that was there is touched. What it shows goes beside its result. */
export function adds<A extends unknown[]>(command: Command, work: (doing: Doing, ...given: A) => Promise<Result>): void {
  acts(command, 'adds', async ({ db, act, config }, given) => {
    const { shows, done } = await db.transaction().execute((trx) => work({ trx, act: act(), config }, ...(given as A)))
    if (shows) terminal.note(shows)
    terminal.print(done)
  })
}

/** Changes one record: shows it, old and new, and asks. */
export function changesOne<A extends unknown[]>(command: Command, work: (doing: Doing, ...given: A) => Promise<Result>): void {
  command.option('--yes', 'do it without asking')
  acts(command, 'changesOne', (acting, given, { yes }) =>
    showAndAsk({ ...acting, terminal }, yes === true, (trx, act) => work({ trx, act, config: acting.config }, ...(given as A))),
  )
}

/** Changes money or many records: rehearses, and writes only with `--write`. */
export function changesMany<A extends unknown[]>(command: Command, work: (doing: Doing, ...given: A) => Promise<Result>): void {
  asksToWrite(command, (acting, write, given) =>
    rehearseOrWrite({ ...acting, terminal }, write, (trx, act) => work({ trx, act, config: acting.config }, ...(given as A))),
  )
}

/** The same for work that rehearses and writes by itself, in transactions of its own. */
export function changesManyByItself<A extends unknown[]>(
  command: Command,
  work: (doing: Omit<Doing, 'trx'> & Pick<Connection, 'db' | 'openCopy'> & { write: boolean }, ...given: A) => Promise<Result>,
): void {
  asksToWrite(command, async ({ act, ...acting }, write, given) => {
    const result = await work({ ...acting, act: act(), write }, ...(given as A))
    if (result.shows) terminal.print(result.shows)
    conclude(terminal, write, result)
  })
}

function asksToWrite(command: Command, work: (acting: Acting, write: boolean, given: unknown[]) => Promise<void>) {
  command.option('--write', 'write it; without this the command rehearses')
  acts(command, 'changesMany', (acting, given, { write }) => work(acting, write === true, given))
}

function acts(command: Command, kind: Kind, work: (acting: Acting, given: unknown[], options: Given) => Promise<unknown>) {
  command
    .helpGroup(kinds[kind])
    .option('--as <name>', 'who acts, in production by e-mail address; or set NPQ_OPERATOR')
    .action(async (...given: unknown[]) => {
      const options = command.opts<Given>()
      const config = readConfig(process.env)
      const person = whoActs(config, options.as, terminal)
      await withDatabase((connection) => work({ ...connection, act: () => act(command, person), config }, given, options))
    })
}
