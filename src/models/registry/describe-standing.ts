import type { CasesNeeded } from '../../learning/risk/cases-needed.ts'
import { english, french, type Sentences, type Wording } from '../../text/wording.ts'
import type { ModelVersion } from './model-version.ts'
import type { BudgetOutlook, Standing } from './standing.ts'

interface Described extends Omit<Standing, 'summary' | 'next'> {
  readonly facet: string
  readonly version: Pick<ModelVersion, 'number' | 'status'>
  /** In numbers of labelled threads; `present` are there. */
  readonly needed?: CasesNeeded & { readonly present: number }
}

/** Growth of the coverage from which a larger budget is worth a sentence. */
const WORTH_NAMING = 0.05

/** Says where a version stands and what to do next, in both languages. */
export function describeStanding(described: Described): Pick<Standing, 'summary' | 'next'> {
  return { summary: summaryOf(described), next: nextSteps(described) }
}

function summaryOf({ facet, version, inForce, needed }: Described): Sentences {
  const { budget, coverage, estimatedError } = inForce
  const inactive = version.status === 'active' ? NONE : notActive(version.number)
  if (budget === 0)
    return join(inactive, {
      en: `The risk budget of “${facet}” is 0%, so that nothing is ever assigned.`,
      fr: `Le budget de risque de «\u00a0${facet}\u00a0» est de 0\u00a0%\u00a0: aucune étiquette n’est jamais attribuée.`,
    })
  if (estimatedError !== undefined)
    return join(inactive, {
      en: `Under the risk budget of ${short(english, budget)}, ${english.percent(coverage)} of posts are assigned a label, with about ${english.percent(estimatedError)} wrong among them.`,
      fr: `Avec un budget de risque de ${short(french, budget)}, ${french.percent(coverage)} des messages reçoivent une étiquette, dont environ ${french.percent(estimatedError)} d’erreurs.`,
    })
  const present = needed?.present ?? 0
  return join(inactive, {
    en: `Under the risk budget of ${short(english, budget)}, nothing is assigned yet: ${english.count(present)} labelled threads do not show that the budget would be kept.`,
    fr: `Avec un budget de risque de ${short(french, budget)}, aucune étiquette n’est encore attribuée\u00a0: ${french.count(present)} discussions étiquetées ne montrent pas que le budget serait respecté.`,
  })
}

const NONE: Sentences = { en: '', fr: '' }

function notActive(version: number): Sentences {
  return {
    en: `Version ${version} is not active; as if it were: `,
    fr: `La version ${version} n’est pas active\u202f; si elle l’était\u00a0: `,
  }
}

function nextSteps(described: Described): Sentences[] {
  const { facet, inForce, others, needed } = described
  if (inForce.budget === 0) return [raiseBudget(facet)]
  if (inForce.coverage === 0) {
    const first = others.find(({ budget, coverage }) => budget > inForce.budget && coverage > 0)
    return [
      ...(needed === undefined ? [] : [labelMore(described, needed)]),
      first === undefined ? noBudget(others) : acceptBudget(facet, first),
      PROVISIONAL,
    ]
  }
  const larger = others.find(
    ({ budget, coverage }) => budget > inForce.budget && coverage >= inForce.coverage + WORTH_NAMING,
  )
  return [...(larger === undefined ? [] : [acceptBudget(facet, larger)]), savings(facet)]
}

function labelMore({ labelsNeeded, inForce }: Described, needed: CasesNeeded): Sentences {
  const { atLeast = 0, estimate } = labelsNeeded ?? {}
  if (estimate !== undefined)
    return {
      en: `Label about ${english.count(rounded(estimate))} more threads: at the present accuracy, that is when labels begin to be assigned. The review queue chooses the threads that teach most.`,
      fr: `Étiquetez encore environ ${french.count(rounded(estimate))} discussions\u00a0: avec l’exactitude actuelle, c’est alors que des étiquettes commencent à être attribuées. La file de relecture choisit les discussions qui apprennent le plus au modèle.`,
    }
  const least = {
    en: atLeast > 0 ? ` It takes ${english.count(atLeast)} at least.` : '',
    fr: atLeast > 0 ? ` Il en faut au moins ${french.count(atLeast)}.` : '',
  }
  return {
    en: `Label more threads. How many it takes cannot be estimated yet: even among its surest predictions, the model expects ${english.percent(needed.surestError)} to be wrong, more than the budget of ${short(english, inForce.budget)} and its margin allow.${least.en}`,
    fr: `Étiquetez d’autres discussions. On ne peut pas encore estimer combien il en faut\u00a0: même parmi ses prédictions les plus sûres, le modèle s’attend à ${french.percent(needed.surestError)} d’erreurs, plus que n’en permettent le budget de ${short(french, inForce.budget)} et sa marge.${least.fr}`,
  }
}

function acceptBudget(facet: string, { budget, coverage, estimatedError = 0 }: BudgetOutlook): Sentences {
  return {
    en: `Or accept a risk budget of ${short(english, budget)} (\`entraide budgets set ${facet} ${budget}\`): ${english.percent(coverage)} of posts would be assigned a label, with about ${english.percent(estimatedError)} wrong among them.`,
    fr: `Ou acceptez un budget de risque de ${short(french, budget)} (\`entraide budgets set ${facet} ${budget}\`)\u00a0: ${french.percent(coverage)} des messages recevraient une étiquette, dont environ ${french.percent(estimatedError)} d’erreurs.`,
  }
}

function noBudget(others: readonly BudgetOutlook[]): Sentences {
  const largest = others.at(-1)?.budget ?? 0
  return {
    en: `No budget up to ${short(english, largest)} would assign anything yet.`,
    fr: `Aucun budget jusqu’à ${short(french, largest)} n’attribuerait encore d’étiquette.`,
  }
}

function raiseBudget(facet: string): Sentences {
  return {
    en: `State a larger budget to let the model assign labels, such as 5% (\`entraide budgets set ${facet} 0.05\`).`,
    fr: `Fixez un budget plus grand pour que le modèle attribue des étiquettes, par exemple 5\u00a0% (\`entraide budgets set ${facet} 0.05\`).`,
  }
}

function savings(facet: string): Sentences {
  return {
    en: `Ask whether more labels are worth it: \`entraide insight savings ${facet}\`.`,
    fr: `Voyez si d’autres étiquettes en valent la peine\u00a0: \`entraide insight savings ${facet}\`.`,
  }
}

const PROVISIONAL: Sentences = {
  en: 'Or let a routing rule use provisional assignments, from a probability of your choice on (`"provisional": true`): decisions that rest on them are marked, with their estimated error.',
  fr: 'Ou laissez une règle d’orientation utiliser des attributions provisoires, à partir d’une probabilité de votre choix (`"provisional": true`)\u00a0: les décisions qui en dépendent sont signalées, avec leur taux d’erreur estimé.',
}

function join(one: Sentences, other: Sentences): Sentences {
  return { en: one.en + other.en, fr: one.fr + other.fr }
}

/** A stated share, without needless digits. */
function short(wording: Wording, share: number): string {
  return wording.percent(share).replace(/[.,]0(?=\D)/, '')
}

/** Two significant digits, upwards: an estimate has no more. */
function rounded(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1)
  return Math.ceil(count / unit) * unit
}
