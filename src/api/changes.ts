import type { Verdict } from '../domain/rules.ts'
import { refused } from '../http/problems.ts'

/**
 * The resource as it is after a change. It is read once, by `find`, which throws where the caller has none (404) or may not
 * change it (403): a verb changes nothing of a resource that is not the caller's, whatever it says of it.
 */
export async function changed<View>({ refusals }: Verdict, find: () => Promise<View>): Promise<View> {
  const view = await find()
  if (refusals.length > 0) throw refused(refusals)
  return view
}

/** What a body holds; where it has the wrong form (400), `find` is asked first whether the resource is there. */
export async function sentTo<Sent>(find: () => Promise<unknown>, read: () => Sent): Promise<Sent> {
  try {
    return read()
  } catch (problem) {
    await find()
    throw problem
  }
}
