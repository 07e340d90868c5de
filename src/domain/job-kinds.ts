/** What workers carry out. */
export const workedKinds = ['alert operators', 'mark statement paid', 'mark statements payable', 'output statement notice'] as const
export type WorkedKind = (typeof workedKinds)[number]

/** What is kept until a service that it needs is connected, and what it waits for: no worker tries it, and nobody is alarmed. */
const waitingKinds = {
  'allocate TRN': 'waits for the teaching record service, which is not connected; until then: npq participant change-trn',
} as const

/** Whatever is queued has a worker, or a reason to wait. */
export type Kind = WorkedKind | keyof typeof waitingKinds

/** Why no worker here takes jobs of this kind; undefined where one does. A newer version may have queued a kind that this one lacks. */
export function waitingReason(kind: string): string | undefined {
  if ((workedKinds as readonly string[]).includes(kind)) return undefined
  return Object.hasOwn(waitingKinds, kind) ? waitingKinds[kind as keyof typeof waitingKinds] : 'waits for a worker that knows this kind of job'
}
