/** Reads a value that came from JSON as what it must be; throws where it is not, and says at which member. */
export type Shape<T> = (value: unknown, at: string) => T
export type Shaped<S> = S extends Shape<infer T> ? T : never

export const text: Shape<string> = (value, at) => (typeof value === 'string' ? value : wrong(at, 'text'))
export const whole: Shape<number> = (value, at) => (Number.isSafeInteger(value) ? (value as number) : wrong(at, 'a whole number'))
export const flag: Shape<boolean> = (value, at) => (typeof value === 'boolean' ? value : wrong(at, 'true or false'))
export const date: Shape<Temporal.PlainDate> = (value, at) => Temporal.PlainDate.from(text(value, at))

export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  return (value, at) => words.find((word) => word === value) ?? wrong(at, `one of ${words.join(', ')}`)
}

/** A member that may be absent. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined ? undefined : shape(value, at))
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value, at) => (Array.isArray(value) ? value.map((member, place) => shape(member, `${at}[${place}]`)) : wrong(at, 'a list'))
}

/** Any members, each of one shape. */
export function mapOf<T>(shape: Shape<T>): Shape<Record<string, T>> {
  return (value, at) => Object.fromEntries(Object.entries(objectOf(value, at)).map(([name, member]) => [name, shape(member, `${at}.${name}`)]))
}

type Members = Readonly<Record<string, Shape<unknown>>>
type Optional<M extends Members> = { [Name in keyof M]: undefined extends Shaped<M[Name]> ? Name : never }[keyof M]
type Recorded<M extends Members> = { [Name in Exclude<keyof M, Optional<M>>]: Shaped<M[Name]> } & {
  [Name in Optional<M>]?: Exclude<Shaped<M[Name]>, undefined>
}

/** An object of these members; others, such as a later version may add, are passed over. */
export function record<M extends Members>(members: M): Shape<Recorded<M>> {
  return (value, at) => {
    const given = objectOf(value, at)
    const read = Object.entries(members).map(([name, shape]) => [name, shape(given[name], `${at}.${name}`)] as const)
    return Object.fromEntries(read.filter(([, member]) => member !== undefined)) as Recorded<M>
  }
}

function objectOf(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) wrong(at, 'an object')
  return value as Record<string, unknown>
}

function wrong(at: string, what: string): never {
  throw new Error(`${at} is not ${what}.`)
}
