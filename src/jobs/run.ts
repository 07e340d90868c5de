import { setTimeout as pause } from 'node:timers/promises'

/** How long what a worker took is its own, how often it has this put off while it works, and when a run is stopped; in milliseconds. */
export type Times = { lease: number; beat: number; longestRun: number }

/** A worker that is silent for a minute is taken for dead; it speaks four times as often. A run ends after half an hour (08 section 25). */
export const usualTimes: Times = { lease: 60_000, beat: 15_000, longestRun: 30 * 60_000 }

/**
 * Carries out one run, and has its lease put off by `extend` for as long as it lasts. A run that takes too long, or whose lease
 * another worker has, fails here and is told so by its signal: it may still go on, so it must bear another run beside it.
 */
export async function run<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  extend: () => Promise<boolean>,
  { beat, longestRun }: Times,
): Promise<Result> {
  const stop = new AbortController()
  const over = new AbortController()
  const timer = setTimeout(() => stop.abort(new Error('The run took too long and was stopped.')), longestRun)
  const stopped = new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)))
  const beating = untilLost(extend, beat, over.signal, () => stop.abort(new Error('Another worker took this over.')))
  try {
    return await Promise.race([work(stop.signal), stopped])
  } finally {
    clearTimeout(timer)
    over.abort()
    // so that no late word of it changes what is written of the attempt
    await beating
  }
}

async function untilLost(extend: () => Promise<boolean>, beat: number, over: AbortSignal, lost: () => void): Promise<void> {
  for (;;) {
    await pause(beat, undefined, { signal: over }).catch(() => {})
    if (over.aborted) return
    // a database that does not answer gives the lease to nobody else either: the next beat asks again
    const held = await extend().catch(() => true)
    if (!held && !over.aborted) return lost()
  }
}

/** What went wrong, as the row keeps it. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000)
}
