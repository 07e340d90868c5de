#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// What was compiled once is not compiled again: a command starts in half the time. The folder is our own, since code is read from it.
enableCompileCache(new URL('../node_modules/.cache/npq/code', import.meta.url).pathname)
const { run } = await import('./cli/program.ts')

process.exitCode = await run(process.argv.slice(2))
