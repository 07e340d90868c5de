import { beforeEach } from 'vitest'
import { clean, used } from './database.ts'

beforeEach(async () => {
  if (used()) await clean()
})
