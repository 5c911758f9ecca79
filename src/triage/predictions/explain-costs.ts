import type { Classification } from '../../learning/classifier.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import { english, french, type Sentences } from '../../text/wording.ts'

interface CostedLabel {
  readonly label: string
  readonly probability: number
  /** Of giving the label, in units of an ordinary mistake. */
  readonly expectedCost: number
}

/** How stated costs changed which label a text is given. */
export interface CostDecision {
  readonly likeliest: CostedLabel
  readonly given: CostedLabel
  readonly sentence: Sentences
}

/** Undefined where costs changed nothing: none are stated, or the likeliest label is also that of least expected cost. */
export function costDecisionOf({ label, confidence, costs }: Classification): CostDecision | undefined {
  if (costs === undefined || costs.likeliest.label === label) return undefined
  const likeliest = {
    label: costs.likeliest.label,
    probability: fourDigits(costs.likeliest.confidence),
    expectedCost: fourDigits(costs.expectedOfLikeliest),
  }
  const given = {
    label,
    probability: fourDigits(confidence),
    expectedCost: fourDigits(costs.expected),
  }
  return { likeliest, given, sentence: describe(likeliest, given) }
}

function describe(likeliest: CostedLabel, given: CostedLabel): Sentences {
  return {
    en: `“${likeliest.label}” is likeliest (${english.percent(likeliest.probability)}), but “${given.label}” (${english.percent(given.probability)}) is chosen, because a mistake would cost less: giving “${likeliest.label}” has an expected cost of ${english.decimal(likeliest.expectedCost, 2)}, giving “${given.label}” one of ${english.decimal(given.expectedCost, 2)}, where an ordinary mistake costs 1.`,
    fr: `«\u00a0${likeliest.label}\u00a0» est l’étiquette la plus probable (${french.percent(likeliest.probability)}), mais «\u00a0${given.label}\u00a0» (${french.percent(given.probability)}) est retenue, car une erreur coûterait moins cher\u00a0: attribuer «\u00a0${likeliest.label}\u00a0» a un coût attendu de ${french.decimal(likeliest.expectedCost, 2)}, attribuer «\u00a0${given.label}\u00a0» de ${french.decimal(given.expectedCost, 2)}, une erreur ordinaire coûtant 1.`,
  }
}
