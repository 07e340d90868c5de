import { readFile } from 'node:fs/promises'
import type { ReferenceFacts } from './domain/reference/load.ts'

const folder = new URL('../reference/', import.meta.url)

/** The facts in `reference/`, as the files hold them. */
export async function referenceFacts(): Promise<ReferenceFacts> {
  const [courses, groups, cohorts, schedules, providers, offerings] = await Promise.all([
    read('courses.json'),
    read('course-groups.json'),
    read('cohorts.json'),
    read('schedules.json'),
    read('lead-providers.json'),
    read('offerings.json'),
  ])
  return { courses, groups, cohorts, schedules, providers, offerings } as ReferenceFacts
}

async function read(file: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(file, folder), 'utf8'))
}
