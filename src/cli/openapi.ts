import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { collectionFiles } from '../api/collections/files.ts'
import { endpoints } from '../api/index.ts'
import { asYaml, documentOf, openApiDocument } from '../api/openapi.ts'
import { versions } from '../api/versions.ts'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { runs } from './kinds.ts'
import { print } from './run.ts'

export function addOpenApi(program: Command): void {
  const command = program
    .command('openapi')
    .description(
      `write the OpenAPI documents ${[...versions, 'sandbox'].map((name) => `${name}.yaml`).join(', ')}, and collections of each for Postman and Bruno`,
    )
    .requiredOption('--out <folder>', 'where to write them')
  runs(command, async ({ out }: { out: string }) => {
    const { publicUrl } = readConfig(process.env)
    await mkdir(out, { recursive: true })
    const written: string[] = []
    const { makeSandbox } = await import('../sandbox-api/index.ts')
    const { surface } = makeSandbox({ environment: 'sandbox', tokenKey: '', clock: systemClock })
    const documents = [...versions.map((version) => openApiDocument(endpoints, version, publicUrl)), documentOf(surface, publicUrl)]
    for (const document of documents) {
      const { version } = document.info
      const files = {
        [`${version}.yaml`]: asYaml,
        ...Object.fromEntries(Object.entries(collectionFiles).map(([name, write]) => [`${version}-${name}`, write])),
      }
      for (const [name, write] of Object.entries(files)) {
        await writeFile(join(out, name), write(document))
        written.push(join(out, name))
      }
    }
    print(`Wrote ${written.join(', ')}.`)
  })
}
