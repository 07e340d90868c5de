import { setTimeout as pause } from 'node:timers/promises'

/**
 * Lets what costs work but may wait through one after another: however many connections ask, their answers take no more than a
 * small part of the processor. True once it is one's turn; false at once where too many wait already.
 * `gap`: milliseconds from one to the next; `room`: how many may wait.
 */
export function makePace({ gap = 20, room = 500 } = {}): () => Promise<boolean> {
  let free = 0
  let waiting = 0
  return async () => {
    if (waiting >= room) return false
    const turn = Math.max(performance.now(), free)
    free = turn + gap
    waiting++
    await pause(Math.max(0, turn - performance.now()))
    waiting--
    return true
  }
}
