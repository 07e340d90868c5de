/** A line on the terminal, with the seconds since the start. */
export function say(line: string): void {
  process.stdout.write(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${line}\n`)
}
