import type { Growth } from '../results.ts'

const [width, height] = [760, 420]
const plot = { left: 62, right: 590, top: 24, bottom: 360 }
/** One of each list, told apart by people who see colours otherwise too. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']

/** Processor time of the first page of each list by the number of applications, as SVG that suits light and dark pages. */
export function chart(growth: readonly Growth[]): string {
  const sizes = growth[0]?.sizes.map(({ applications }) => applications) ?? []
  const costs = growth.flatMap((list) => list.sizes.map(costOf))
  const top = Math.max(1, Math.ceil(Math.max(...costs)))
  const [least = 1, most = 10] = [sizes[0], sizes.at(-1)]
  const x = (size: number) => place(plot.left, plot.right, Math.log(size / least) / Math.log(most / least))
  const y = (cost: number) => place(plot.bottom, plot.top, cost / top)
  const steps = Array.from({ length: 6 }, (_, step) => (top * step) / 5)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">Processor time of the first page of each list by the number of applications</title>
<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .grid { stroke: #d0d7de } .axis { stroke: #57606a } .line { fill: none; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #30363d } .axis { stroke: #8b949e } }
</style>
${steps.map((cost) => `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y(cost)}" y2="${y(cost)}"/>${text(plot.left - 8, y(cost) + 4, 'end', shown(cost))}`).join('\n')}
${sizes.map((size) => `<line class="grid" x1="${x(size)}" x2="${x(size)}" y1="${plot.top}" y2="${plot.bottom}"/>${text(x(size), plot.bottom + 20, 'middle', size.toLocaleString('en'))}`).join('\n')}
<path class="axis" fill="none" d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}"/>
${text((plot.left + plot.right) / 2, plot.bottom + 44, 'middle', 'applications in the database')}
<text transform="translate(16 ${(plot.top + plot.bottom) / 2}) rotate(-90)" text-anchor="middle">processor time a request, ms (Node and PostgreSQL)</text>
${growth.map((list, number) => series(list, colours[number % colours.length] ?? '', number, x, y)).join('\n')}
</svg>
`
}

function series({ noun, sizes }: Growth, colour: string, number: number, x: (size: number) => number, y: (cost: number) => number): string {
  const points = sizes.map((size) => [x(size.applications), y(costOf(size))] as const)
  const last = sizes.at(-1)
  const row = plot.top + 16 + number * 24
  return [
    `<polyline class="line" stroke="${colour}" points="${points.map((point) => point.join(',')).join(' ')}"/>`,
    ...points.map(([left, top]) => `<circle cx="${left}" cy="${top}" r="3.5" fill="${colour}"/>`),
    `<line class="line" stroke="${colour}" x1="${plot.right + 16}" x2="${plot.right + 36}" y1="${row - 4}" y2="${row - 4}"/>`,
    text(plot.right + 42, row, 'start', `${noun} ${last ? shown(costOf(last)) : ''}`),
  ].join('')
}

function costOf({ node, postgres }: Growth['sizes'][number]): number {
  return node + postgres
}

function place(from: number, to: number, share: number): number {
  return Math.round((from + (to - from) * share) * 10) / 10
}

function shown(cost: number): string {
  return cost >= 10 ? cost.toFixed(0) : cost.toFixed(1)
}

function text(x: number, y: number, anchor: 'start' | 'middle' | 'end', content: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`
}
