import type { Command } from 'commander'

export function addImport(program: Command): void {
  program.command('import').description('load a dataset').argument('<file>')
}
