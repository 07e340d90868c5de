import { codeBlock } from './highlight.ts'

export type Sample = Readonly<{ language: string; html: string }>
type Request = Readonly<{ method: string; url: string; body: unknown }>

/** The same request in each language, reading the token from the environment; the first is for a command line. */
export function samplesOf(request: Request): Sample[] {
  return Object.entries(languages).map(([language, write]) => ({ language, html: codeBlock(write(request), 'text') }))
}

export function curl({ method, url, body }: Request): string {
  const lines = [`curl -g '${url}'`, `-H "Authorization: Bearer $NPQ_TOKEN"`]
  if (method !== 'GET') lines.splice(1, 0, `-X ${method}`)
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d '${json(body)}'`)
  return lines.join(' \\\n  ')
}

const languages: Readonly<Record<string, (request: Request) => string>> = { curl, JavaScript: fetchCall, Python: python, 'C#': csharp, PHP: php }

function fetchCall({ method, url, body }: Request): string {
  const lines = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    '  headers: {',
    "    authorization: 'Bearer ' + process.env.NPQ_TOKEN,",
    ...(body === undefined ? [] : [`    'content-type': 'application/json',`]),
    '  },',
    ...(body === undefined ? [] : [`  body: JSON.stringify(${indented(json(body), 2)}),`]),
  ]
  return `const response = await fetch('${url}', {\n${lines.join('\n')}\n})\nconsole.log(response.status, await response.text())`
}

function python({ method, url, body }: Request): string {
  const lines = [
    `    "${method}",`,
    `    "${url}",`,
    '    headers={"Authorization": f"Bearer {os.environ[\'NPQ_TOKEN\']}"},',
    ...(body === undefined ? [] : [`    json=${indented(pythonOf(body), 4)},`]),
    '    timeout=30,',
  ]
  return `import os\nimport requests\n\nresponse = requests.request(\n${lines.join('\n')}\n)\nprint(response.status_code, response.text)`
}

function csharp({ method, url, body }: Request): string {
  const name = method[0] + method.slice(1).toLowerCase()
  const lines = [
    'using System.Net.Http.Headers;',
    ...(body === undefined ? [] : ['using System.Text;']),
    '',
    'using var client = new HttpClient();',
    `using var request = new HttpRequestMessage(HttpMethod.${name}, "${url}");`,
    'request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("NPQ_TOKEN"));',
    ...(body === undefined
      ? []
      : [`var body = """\n${json(body)}\n""";`, 'request.Content = new StringContent(body, Encoding.UTF8, "application/json");']),
    'using var response = await client.SendAsync(request);',
    'Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");',
  ]
  return lines.join('\n')
}

function php({ method, url, body }: Request): string {
  const headers = [`'Authorization: Bearer ' . getenv('NPQ_TOKEN')`, ...(body === undefined ? [] : [`'Content-Type: application/json'`])]
  const lines = [
    '<?php',
    `$request = curl_init('${url}');`,
    'curl_setopt_array($request, [',
    ...(method === 'GET' ? [] : [`    CURLOPT_CUSTOMREQUEST => '${method}',`]),
    `    CURLOPT_HTTPHEADER => [${headers.join(', ')}],`,
    ...(body === undefined ? [] : [`    CURLOPT_POSTFIELDS => <<<'JSON'\n${json(body)}\nJSON,`]),
    '    CURLOPT_RETURNTRANSFER => true,',
    ']);',
    '$answer = curl_exec($request);',
    "echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), ' ', $answer;",
  ]
  return lines.join('\n')
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

/** JSON as Python writes it. */
function pythonOf(value: unknown): string {
  const names: Record<string, string> = { true: 'True', false: 'False', null: 'None' }
  return JSON.stringify(value, null, 4).replace(/("(?:[^"\\]|\\.)*")|\b(true|false|null)\b/g, (found, text?: string) => text ?? names[found] ?? found)
}

function indented(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`)
}
