import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { endpoints } from '../api/index.ts'
import { openApiYaml } from '../api/openapi.ts'
import { versions } from '../api/versions.ts'
import { readConfig } from '../config.ts'
import { runs } from './kinds.ts'
import { print } from './run.ts'

export function addOpenApi(program: Command): void {
  const command = program
    .command('openapi')
    .description(`write the OpenAPI documents ${versions.map((version) => `${version}.yaml`).join(', ')}`)
    .requiredOption('--out <folder>', 'where to write them')
  runs(command, async ({ out }: { out: string }) => {
    const { publicUrl } = readConfig(process.env)
    await mkdir(out, { recursive: true })
    for (const version of versions) await writeFile(join(out, `${version}.yaml`), openApiYaml(endpoints, version, publicUrl))
    print(`Wrote ${versions.map((version) => join(out, `${version}.yaml`)).join(', ')}.`)
  })
}
