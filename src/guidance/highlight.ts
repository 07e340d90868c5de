const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character)
}

/** A name as code, which may break after its parts and never inside a word. */
export function inlineCode(name: string): string {
  return `<code>${escapeHtml(name).replace(/[_[/.](?=[^/])/g, '$&<wbr>')}</code>`
}

const jsonToken = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[^"\d-]+?(?=["\d-]|true|false|null|$)/gs

/** Code as a block that the keyboard can reach and scroll; the tokens of JSON are coloured. */
export function codeBlock(code: string, language: string): string {
  const inner = language === 'json' ? highlightedJson(code) : escapeHtml(code)
  return `<div class="highlight"><pre class="highlight ${escapeHtml(language)}" tabindex="0"><code>${inner}</code></pre></div>\n`
}

function highlightedJson(code: string): string {
  return code.replace(jsonToken, (token, string?: string, colon?: string) => {
    if (string !== undefined) return `${coloured(colon ? 'nt' : 's2', string)}${colon ?? ''}`
    if (/^(true|false|null)$/.test(token)) return coloured('kc', token)
    if (/^-?\d/.test(token)) return coloured('mi', token)
    return escapeHtml(token)
  })
}

function coloured(kind: string, text: string): string {
  return `<span class="${kind}">${escapeHtml(text)}</span>`
}
