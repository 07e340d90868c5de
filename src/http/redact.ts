const exact = new Set(['bcc', 'cc', 'code', 'cvc', 'cvv', 'key', 'nino', 'otp', 'ssn', 'to', 'trn'])
const partial =
  /_key|certificate|crypt|full_name|national_insurance_number|passw|salt|secret|token|email|date_of_birth|teacher_reference_number|previous_names|authorization/
const tokens = /npq_(?:live|sandbox|test)_[0-9A-Za-z]+/g
// a TRN is seven digits, in whatever script; an id or a fraction of a second may hold as many
const trns = /(?<![\p{L}\p{N}.-])\p{Nd}{7}(?![\p{L}\p{N}-])/gu
// `@` and the two signs that are its compatibility forms, also escaped once or more often
const at = /[^@＠﹫](?:[@＠﹫]|%(?:25)*40|%(?:25)*EF%(?:25)*(?:BC%(?:25)*A0|B9%(?:25)*AB))[^@＠﹫]/i
// whole words, so that the time grows with the text's length alone; what is an address is looked for in each
const words = /[^\s"'<>,;:=&?()[\]{}/]+/g

// the parameter `trn` of a path
const trnPath = /(\/qualifications\/)[^/]+/i

export const masked = '[FILTERED]'
// a body nested some thousands deep would end the recursion, and with it its line in log and audit
const deepest = 50

/** Whether values under this name are masked (01 section 15.3), whatever its letters and however its words are joined. */
function isSecretName(name: string): boolean {
  const words = name
    .normalize('NFKC')
    .replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
  return exact.has(words.replace(/^_|_$/g, '')) || partial.test(words) || /(?:^|_)trns?(?:_|$)/.test(words)
}

/** A value without what must not be kept: secret names at any depth, tokens, TRNs and e-mail addresses in any text, and what is nested past all use. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'number') return redactText(String(value)) === masked ? masked : value
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return masked
  if (Array.isArray(value)) return value.map((inner) => redact(inner, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [redactText(name), isSecretName(name) ? masked : redact(inner, depth + 1)]))
}

/** An answer of ours without what must not be kept; the codes of its errors are words of ours, and stay. */
export function redactAnswer(answer: unknown): unknown {
  const errors = (answer as { errors?: unknown } | null)?.errors
  if (!Array.isArray(errors)) return redact(answer)
  return { errors: errors.map(({ code, ...error }) => ({ ...(redact(error) as object), code: redact(code) })) }
}

// what every token, TRN or address has: most texts have none of it
const suspicious = /npq_|\p{Nd}{7}|[@＠﹫%]/u

/** Text of no known structure, without the tokens, TRNs and e-mail addresses in it. */
export function redactText(text: string): string {
  if (!suspicious.test(text)) return text
  return text
    .replace(tokens, masked)
    .replace(trns, masked)
    .replace(words, (word) => (at.test(word) ? masked : word))
}

/** Query parameters by name; null where there are none. A name such as `filter[token]` is judged by each of its parts. */
export function redactQuery(query: string): Record<string, unknown> | null {
  const pairs = [...new URLSearchParams(query)]
  if (pairs.length === 0) return null
  return Object.fromEntries(pairs.map(([name, value]) => [redactText(name), name.split(/[[\]]+/).some(isSecretName) ? masked : redactText(value)]))
}

/** A URL path without a token or an address that someone put in it by mistake, in whatever escapes. */
export function redactPath(url: string): string {
  const path = redactText(url.split(/[?#]/, 1)[0] ?? '')
  const plain = unescaped(path)
  const redacted = redactText(plain).replace(trnPath, `$1${masked}`)
  return redacted === plain ? path : redacted
}

/** Without escapes, however often they are escaped themselves. */
function unescaped(path: string): string {
  return path.replace(/%(?:25)+/g, '%').replace(/%([2-7][0-9a-f])/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** What the log tells of an error: never the detail of a database's error, which holds the values of the row. */
export function loggedError(error: unknown): { type: string; message: string; stack: string; [fact: string]: unknown } {
  if (!(error instanceof Error)) return { type: typeof error, message: redactText(String(error)), stack: '' }
  const { message, stack = '', code, table, constraint } = error as Error & Record<'code' | 'table' | 'constraint', unknown>
  return { type: error.constructor.name, message: redactText(message), stack: redactText(stack), code, table, constraint }
}
