const exact = new Set(['bcc', 'cc', 'code', 'cvc', 'cvv', 'key', 'nino', 'otp', 'ssn', 'to', 'trn'])
const partial =
  /_key|certificate|crypt|full_name|national_insurance_number|passw|salt|secret|token|email|date_of_birth|teacher_reference_number|previous_names|authorization/
const tokens = /npq_(?:live|sandbox|test)_[0-9A-Za-z]+/g
// whole words, so that the time grows with the text's length alone; what is an address is looked for in each
const words = /[^\s"'<>,;:=&?()[\]{}/]+/g

export const masked = '[FILTERED]'

/** Whether values under this name are masked (01 section 15.3), whatever its letter case. */
function isSecretName(name: string): boolean {
  const lower = name.toLowerCase()
  return exact.has(lower) || partial.test(lower)
}

/** A value without what must not be kept: secret names at any depth, and tokens and e-mail addresses in any text. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redact)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [redactText(name), isSecretName(name) ? masked : redact(inner)]))
}

/** Text of no known structure, without the tokens and e-mail addresses in it. */
export function redactText(text: string): string {
  return text.replace(tokens, masked).replace(words, (word) => (/[^@]@[^@]/.test(word) ? masked : word))
}

/** Query parameters by name; null where there are none. A name such as `filter[token]` is judged by each of its parts. */
export function redactQuery(query: string): Record<string, unknown> | null {
  const pairs = [...new URLSearchParams(query)]
  if (pairs.length === 0) return null
  return Object.fromEntries(pairs.map(([name, value]) => [redactText(name), name.split(/[[\]]+/).some(isSecretName) ? masked : redactText(value)]))
}

/** A URL path without a token or an address that someone put in it by mistake. */
export function redactPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return redactText(path.replace(/%40/gi, '@'))
}
