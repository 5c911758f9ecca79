import type { Interval } from '../../learning/statistics/proportions.ts'
import { english, french, type Sentences } from '../../text/wording.ts'
import { ENOUGH_FOR_PARITY, type Measure, type Parity, type ParityBasis } from './parity.ts'

/** Significance level of a single comparison. */
const ALPHA = 0.05

/** A difference to describe. */
interface Difference {
  readonly facet: string
  readonly measure: Measure
  /** French less English. */
  readonly difference: number
  readonly interval: Interval
}

const NAMES = {
  en: { accuracy: 'accuracy', calibration: 'overconfidence', coverage: 'coverage' },
  fr: { accuracy: 'l’exactitude', calibration: 'l’excès de confiance', coverage: 'la couverture' },
} as const

/** Summarises the comparison of two languages in sentences. */
export function describeParity(facet: string, basis: ParityBasis, parity: Parity): Sentences {
  const [fr, en] = parity.languages
  if (parity.differences.length === 0)
    return {
      en: `“${facet}”: too few threads to compare French (${fr?.cases ?? 0}) and English (${en?.cases ?? 0}); ${ENOUGH_FOR_PARITY} of each are needed.`,
      fr: `«\u00a0${facet}\u00a0»\u00a0: trop peu de discussions pour comparer le français (${fr?.cases ?? 0}) et l’anglais (${en?.cases ?? 0})\u202f; il en faut ${ENOUGH_FOR_PARITY} dans chaque langue.`,
    }
  const significant = parity.differences.filter(({ adjusted }) => adjusted <= ALPHA)
  const on =
    basis === 'audit-slice'
      ? { en: 'threads labelled blind', fr: 'discussions étiquetées à l’aveugle' }
      : {
          en: 'training threads, by cross-validation',
          fr: 'discussions d’apprentissage, en validation croisée',
        }
  if (significant.length === 0)
    return {
      en: `“${facet}”: no significant difference between French and English (${fr?.cases} and ${en?.cases} ${on.en}).`,
      fr: `«\u00a0${facet}\u00a0»\u00a0: aucune différence significative entre le français et l’anglais (${fr?.cases} et ${en?.cases} ${on.fr}).`,
    }
  const sentences = significant.map(({ measure, difference, interval }) =>
    describeDifference({ facet, measure, difference, interval }),
  )
  return { en: sentences.map(({ en }) => en).join(' '), fr: sentences.map(({ fr }) => fr).join(' ') }
}

/** Describes one difference in a sentence. */
export function describeDifference({ facet, measure, difference, interval }: Difference): Sentences {
  const size = Math.abs(difference)
  const ends: Interval = difference < 0 ? [-interval[1], -interval[0]] : interval
  const more = difference > 0
  const feminine = measure === 'calibration' ? '' : 'e'
  return {
    en: `“${facet}”: ${NAMES.en[measure]} is ${english.points(size)} ${more ? 'higher' : 'lower'} in French than in English (95% interval ${english.range(ends)}).`,
    fr: `«\u00a0${facet}\u00a0»\u00a0: ${NAMES.fr[measure]} en français est ${more ? 'supérieur' : 'inférieur'}${feminine} de ${french.points(size)} à ce qu’${measure === 'calibration' ? 'il' : 'elle'} est en anglais (intervalle à 95\u00a0%\u00a0: ${french.range(ends)}).`,
  }
}
