import { describe, expect, test } from 'vitest'
import { run, type Times, usualTimes } from '../../src/jobs/run.ts'

const times: Times = { lease: 1000, beat: 1, longestRun: 60_000 }
const untilStopped = (signal: AbortSignal) => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

describe('a run', () => {
  test('has its lease put off until it is over, also where the database does not answer for a while, and never after', async () => {
    let beats = 0
    let over = false
    const ended = await new Promise((resolve, reject) => {
      const extend = async () => {
        if (over) reject(new Error('a beat after the end'))
        beats++
        if (beats === 10) done()
        if (beats % 2 === 0) throw new Error('the database does not answer')
        return true
      }
      let done = () => {}
      const work = () => new Promise<string>((finish) => (done = () => finish('done')))
      run(work, extend, times).then((result) => {
        over = true
        setTimeout(() => resolve(result), 20)
      }, reject)
    })
    expect(ended).toBe('done')
  })

  test('is stopped, and told so, as soon as another worker has taken it over', async () => {
    let told: unknown
    const work = (signal: AbortSignal) => untilStopped(signal).catch((reason) => (told = reason))
    const answers = [true, true, false]
    await expect(run(work, async () => answers.shift() ?? true, times)).rejects.toThrow('Another worker took this over.')
    expect(told).toBeInstanceOf(Error)
    expect(answers).toEqual([])
  })

  test('is stopped when it takes too long, however faithfully its lease is put off', async () => {
    await expect(run(untilStopped, async () => true, { ...times, longestRun: 30 })).rejects.toThrow('took too long')
  })

  test('is of a worker that is taken for dead within a minute, of which it may miss three words, and ends after half an hour', () => {
    expect(usualTimes).toEqual({ lease: 60_000, beat: 15_000, longestRun: 1_800_000 })
  })
})
