const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text has the form of a public id, in any letter case; nothing else may reach a column of that type. */
export function isUuid(text: string): boolean {
  return form.test(text)
}
