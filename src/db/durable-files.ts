import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Stream = { nfd?: number; node: object }
type Files = { stream_ops: { fsync?: (stream: Stream) => number }; realPath(node: object): string }

/** Files in a folder, whose changes are on the disk once the database was told so. PGlite's own leave that to the operating system. */
export class DurableFiles extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const made = await super.init(...given)
    const preRun = made.emscriptenOpts.preRun ?? []
    const add = (module: PGlite['Module']) => {
      const files = module.FS.filesystems['NODEFS'] as unknown as Files
      files.stream_ops.fsync = (stream) => sync(files, stream)
    }
    return { emscriptenOpts: { ...made.emscriptenOpts, preRun: [...preRun, add] } }
  }
}

function sync(files: Files, { nfd, node }: Stream): number {
  // a folder is opened without a descriptor of its own
  const descriptor = nfd ?? openSync(files.realPath(node), 'r')
  try {
    fsyncSync(descriptor)
    return 0
  } catch {
    return inputOutputError
  } finally {
    if (nfd === undefined) closeSync(descriptor)
  }
}

/** EIO as the database's C library numbers it. */
const inputOutputError = 29
