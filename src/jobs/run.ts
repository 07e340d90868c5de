/** Milliseconds after which a run is stopped (08 section 25). */
export const longestRun = 30 * 60_000

/** Carries out one run. What takes longer fails here, and is told so by its signal: it may still go on, so it must bear another run beside it. */
export async function run<Result>(work: (signal: AbortSignal) => Promise<Result>, longest: number): Promise<Result> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(new Error('The run took too long and was stopped.')), longest)
  const stopped = new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)))
  try {
    return await Promise.race([work(stop.signal), stopped])
  } finally {
    clearTimeout(timer)
  }
}

/** What went wrong, as the row keeps it. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000)
}
