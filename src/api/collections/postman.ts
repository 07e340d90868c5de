import { type ApiDocument, type CollectedRequest, foldersOf, keepingIds, type Parameter, tokenDescription, variablesOf, wordsOf } from './requests.ts'

const keep = `const json = pm.response.code === 200 && /json/.test(pm.response.headers.get('content-type'))
const answer = json ? pm.response.json() : undefined
const keep = (name, value) => pm.collectionVariables.set(name, value)`

/** A collection for Postman (format 2.1). */
export function postmanCollection(document: ApiDocument) {
  return {
    info: {
      name: nameOf(document),
      description: wordsOf(document),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: keepingIds(keep).split('\n') } }],
    variable: variablesOf(document).map(({ name: key, value }) => ({ key, value })),
    item: foldersOf(document).map(({ name, description, requests }) => ({ name, description, item: requests.map(item) })),
  }
}

/** The environment that the collection needs: where the API is, and the place for a token. */
export function postmanEnvironment(document: ApiDocument) {
  return {
    name: `${nameOf(document)} at ${document.servers[0]?.url}`,
    values: [
      { key: 'base_url', value: document.servers[0]?.url, type: 'default', enabled: true },
      { key: 'token', value: '', type: 'secret', enabled: true, description: tokenDescription },
    ],
    _postman_variable_scope: 'environment',
  }
}

function nameOf({ info }: ApiDocument): string {
  return `${info.title} ${info.version}`
}

function item({ name, description, method, path, pathParameters, query, headers, body }: CollectedRequest) {
  const off = ({ name: key, value, description: words }: Parameter) => ({ key, value, description: words, disabled: true })
  return {
    name,
    request: {
      method,
      description,
      header: [...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]), ...headers.map(off)],
      url: {
        raw: `{{base_url}}${path}`,
        host: ['{{base_url}}'],
        path: path.split('/').slice(1),
        query: query.map(off),
        variable: pathParameters.map(({ name: key, value, description: words }) => ({ key, value, description: words })),
      },
      ...(body !== undefined && { body: { mode: 'raw', raw: body, options: { raw: { language: 'json' } } } }),
    },
  }
}
