import type { Refusal, Verdict } from '../rules.ts'
import { declaredOnceRefusal } from './declare-rules.ts'

const refusalOf: Readonly<Record<string, Refusal>> = {
  declarations_live_once: declaredOnceRefusal,
  statement_items_one_payment: { code: 'declaration_on_a_statement', title: 'declaration', detail: 'This declaration is on a statement already.' },
  statement_items_one_refund: {
    code: 'declaration_already_clawed_back',
    title: 'declaration',
    detail: 'This declaration is being clawed back, or has been, already.',
  },
}

/** Turns the database's refusal of a second live declaration, payment or refund into the answer of the rule that it stands behind. */
export async function declaredOnce<T extends Verdict>(attempt: () => Promise<T>): Promise<T | Verdict> {
  try {
    return await attempt()
  } catch (error) {
    const refusal = refusalOf[(error as { constraint?: string }).constraint ?? '']
    if (refusal) return { refusals: [refusal] }
    throw error
  }
}
