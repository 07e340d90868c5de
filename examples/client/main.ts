import { readFile, writeFile } from 'node:fs/promises'
import { type Copy, empty, sync } from './sync.ts'

// NPQ_URL=… NPQ_TOKEN=… node main.ts copy.json
const { NPQ_URL: base = 'http://127.0.0.1:3000', NPQ_TOKEN: token } = process.env
const file = process.argv[2] ?? 'copy.json'
if (!token) throw new Error('Put your token in NPQ_TOKEN.')

const before: Copy = await readFile(file, 'utf8').then(JSON.parse, () => empty)
const after = await sync(before, { base, token })
await writeFile(file, JSON.stringify(after, null, 2))
process.stdout.write(`${Object.keys(after.applications).length} applications are in ${file}.\n`)
