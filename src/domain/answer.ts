import type { Refusal } from './rules.ts'

/** A verdict with what was asked for, where nothing speaks against it. */
export type Answer<T> = Readonly<{ refusals: readonly []; value: T } | { refusals: readonly [Refusal, ...Refusal[]]; value?: never }>

export function answer<T>(value: T): Answer<T> {
  return { refusals: [], value }
}

/** That something is refused for one reason. */
export function refusal(code: string, title: string, detail: string): Answer<never> {
  return { refusals: [{ code, title, detail }] }
}
