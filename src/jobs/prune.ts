import { prune } from '../domain/retention.ts'
import type { Work } from './work.ts'

/** Takes away what has passed and was kept as long as the settings say. */
export const pruneWhatHasPassed: Work<'prune'> = async ({ db, act, log, signal, config }) => {
  const pruned = await prune(db, { now: act.now, retention: config.retention, signal })
  if (Object.values(pruned).some((count) => count > 0)) log.info(pruned, 'what was kept long enough is pruned')
}
