import { createInterface } from 'node:readline/promises'

/** Where a command speaks with the person who gave it. */
export type Terminal = Readonly<{
  /** its result; never through the log */
  print: (text: string) => void
  /** what it tells beside its result */
  note: (text: string) => void
  /** the answer to a question; undefined where nobody can be asked */
  ask: ((question: string) => Promise<string>) | undefined
}>

export const terminal: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  ask: process.stdin.isTTY ? ask : undefined,
}

/** An end of the input is an empty answer. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await Promise.race([lines.question(question), new Promise<string>((resolve) => lines.once('close', () => resolve('')))])
  } finally {
    lines.close()
  }
}
