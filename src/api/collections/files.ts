import { brunoCollection } from './bruno.ts'
import { postmanCollection, postmanEnvironment } from './postman.ts'
import type { ApiDocument } from './requests.ts'

/** What API clients import, made from a document, by the names under which it is offered. */
export const collectionFiles: Readonly<Record<string, (document: ApiDocument) => string>> = {
  'postman-collection.json': (document) => asJson(postmanCollection(document)),
  'postman-environment.json': (document) => asJson(postmanEnvironment(document)),
  'bruno-collection.json': (document) => asJson(brunoCollection(document)),
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
