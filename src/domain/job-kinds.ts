import { date, mapOf, oneOf, optional, record, type Shape, type Shaped, text, whole } from './shape.ts'

/** What a job waits for where the service that it needs is not connected. */
const whileNotConnected = {
  'mail service': 'waits for the mail service, which is not connected',
  'teaching record service': 'waits for the teaching record service, which is not connected; until then: npq participant change-trn',
}
export type Service = keyof typeof whileNotConnected

/** The services that workers can be connected to. */
const connectable = ['mail service'] as const satisfies Service[]

/** The letters that are sent; each is a template of the mail service. */
const letterTemplates = [
  'application submitted',
  'application accepted',
  'application rejected',
  'deferred',
  'resumed',
  'withdrawn',
  'eligible for funding',
  'outcome passed',
  'outcome failed',
  'TRN allocated',
  'output statement notice',
] as const

const ofDay = record({ day: date })

/** Everything that may be queued, with what it is told, and the service that it needs. */
const jobKinds = {
  'alert operators': { payload: record({ message: text, applicationId: optional(text), participantId: optional(text) }) },
  'allocate TRN': { payload: record({ userId: whole }), needs: 'teaching record service' },
  'mark statement paid': { payload: record({ statementId: whole, authorisedBy: optional(text) }) },
  'mark statements payable': { payload: ofDay },
  'output statement notice': { payload: ofDay },
  prune: { payload: ofDay },
  'send letter': {
    payload: record({ template: oneOf(letterTemplates), recipient: text, personalisation: mapOf(text) }),
    needs: 'mail service',
  },
} as const satisfies Record<string, { payload: Shape<object>; needs?: Service }>

export type JobKind = keyof typeof jobKinds
export type Payload<Kind extends JobKind> = Shaped<(typeof jobKinds)[Kind]['payload']>

/** Reads what a job of a kind was told; throws where it is not what the kind needs. */
export function payloadOf<Kind extends JobKind>(kind: Kind, value: unknown): Payload<Kind> {
  const kinds: { [Each in JobKind]: { payload: Shape<Payload<Each>> } } = jobKinds
  return kinds[kind].payload(value, 'payload')
}

type OutOfReach = { needs: Exclude<Service, (typeof connectable)[number]> }
/** The kinds that workers carry out; the others wait, and nobody is alarmed. */
export type CarriedOutKind = { [Kind in JobKind]: (typeof jobKinds)[Kind] extends OutOfReach ? never : Kind }[JobKind]

/**
 * Why no worker here takes jobs of this kind; undefined where one does. A newer version may have queued a kind that this one lacks.
 * `connected`: the services there are; all that can be, unless given.
 */
export function waitingReason(kind: string, connected: readonly Service[] = connectable): string | undefined {
  if (!Object.hasOwn(jobKinds, kind)) return 'waits for a worker that knows this kind of job'
  const { needs }: { payload: unknown; needs?: Service } = jobKinds[kind as JobKind]
  return needs === undefined || connected.includes(needs) ? undefined : whileNotConnected[needs]
}
