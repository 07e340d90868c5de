/** Who acted, as the history and the finance log name them (01 section 16; 00 decision 39). */
export const author = {
  leadProvider: (id: number) => `Lead provider ${id}`,
  /** a person, and the command with which they acted */
  admin: (name: string, command: string) => `Admin ${name} (${command})`,
  /** a job, and who authorised what it does, where a person did */
  job: (kind: string, authorisedBy?: string) => `Background job: ${kind}${authorisedBy === undefined ? '' : `, authorised by ${authorisedBy}`}`,
}

/** Whom a label stands for; a registrant's own label comes from the registration service (01 section 16). */
export function actorOf(label: string | null): { providerId: number } | 'participant' | 'department' {
  const [, provider] = /^Lead provider (\d+)$/.exec(label ?? '') ?? []
  if (provider !== undefined) return { providerId: Number(provider) }
  return label?.startsWith('Public User ') ? 'participant' : 'department'
}
