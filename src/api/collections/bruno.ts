import { type ApiDocument, type CollectedRequest, foldersOf, keepingIds, type Parameter, variablesOf, wordsOf } from './requests.ts'

const keep = `const answer = res.getStatus() === 200 && typeof res.getBody() === 'object' ? res.getBody() : undefined
const keep = (name, value) => bru.setVar(name, value)`

/** A collection for Bruno, with its environment: one file to import. */
export function brunoCollection(document: ApiDocument) {
  const { title, version } = document.info
  return {
    name: `${title} ${version}`,
    version: '1',
    items: foldersOf(document).map(({ name, description, requests }, place) => ({
      type: 'folder',
      name,
      seq: place + 1,
      root: { docs: description },
      items: requests.map(item),
    })),
    environments: [
      {
        name: 'npq',
        variables: [
          { name: 'base_url', value: document.servers[0]?.url, type: 'text', enabled: true, secret: false },
          { name: 'token', value: '', type: 'text', enabled: true, secret: true },
        ],
      },
    ],
    root: {
      request: {
        auth: { mode: 'bearer', bearer: { token: '{{token}}' } },
        script: { res: keepingIds(keep) },
        vars: { req: variablesOf(document).map((variable) => ({ ...variable, enabled: true, local: false })) },
      },
      docs: wordsOf(document),
    },
  }
}

function item({ name, description, method, path, pathParameters, query, headers, body }: CollectedRequest, place: number) {
  const given = ({ name: key, value, description: words }: Parameter, enabled: boolean) => ({ name: key, value, description: words, enabled })
  return {
    type: 'http',
    name: name.replaceAll('/', ' '),
    seq: place + 1,
    request: {
      url: `{{base_url}}${path}`,
      method,
      headers: headers.map((header) => given(header, false)),
      params: [
        ...query.map((parameter) => ({ ...given(parameter, false), type: 'query' })),
        ...pathParameters.map((parameter) => ({ ...given(parameter, true), type: 'path' })),
      ],
      body: body === undefined ? { mode: 'none' } : { mode: 'json', json: body },
      auth: { mode: 'inherit' },
      docs: description,
    },
  }
}
