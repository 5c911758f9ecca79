import type { LabelConfidence } from '../../learning/classifier.ts'
import type { Sentences } from '../../text/wording.ts'
import type { Measured } from '../../triage/measurements/describe-measurement.ts'
import type { Why } from './why.ts'

/**
 * Why a thread is in the queue, in a sentence.
 *
 * @param alternatives of the current prediction, of a doubtful import the label stated and the likelier one; ignored
 *   where the thread is labelled blind
 * @param measured of the current prediction, where its label acts only where it was measured
 */
export function explainWhy(
  why: Why,
  [first, second]: readonly LabelConfidence[] = [],
  measured?: Pick<Measured, 'sentence'>,
): Sentences {
  switch (why) {
    case 'misroute':
      return { en: 'Reported as routed to the wrong place.', fr: 'Signalée comme mal orientée.' }
    case 'suggested':
      return suggestion(first, measured?.sentence)
    case 'audit':
      return {
        en: 'Drawn at random for the audit. Label it without seeing the prediction.',
        fr: 'Tirée au sort pour l’audit. Étiquetez-la sans voir la prédiction.',
      }
    case 'second-opinion':
      return {
        en: 'Already labelled by another agent. Give your own label without seeing theirs or the prediction.',
        fr: 'Déjà étiquetée par un autre agent. Donnez votre propre étiquette sans voir la sienne ni la prédiction.',
      }
    case 'doubtful-import':
      return first === undefined || second === undefined
        ? {
            en: 'The label that its import stated is in doubt.',
            fr: 'L’étiquette donnée à l’import est douteuse.',
          }
        : {
            en: `Its import stated ${inEnglish(first)}; a model that had not seen it finds ${second.label} likelier.`,
            fr: `L’import indiquait ${inFrench(first)}\u202f; un modèle qui ne l’avait pas vue juge «\u00a0${second.label}\u00a0» plus probable.`,
          }
    case 'spread':
      return {
        en: 'Typical of threads that nobody has labelled yet.',
        fr: 'Représentative de discussions que personne n’a encore étiquetées.',
      }
    case 'random':
      return { en: 'Drawn at random.', fr: 'Tirée au sort.' }
    case 'rare-label':
      return first === undefined
        ? {
            en: 'It may have a label with few examples.',
            fr: 'Son étiquette est peut-être de celles qui ont peu d’exemples.',
          }
        : {
            en: `It may have the label ${first.label}, which has few examples.`,
            fr: `Son étiquette est peut-être «\u00a0${first.label}\u00a0», qui a peu d’exemples.`,
          }
    case 'close-labels':
      return first === undefined || second === undefined
        ? {
            en: 'The model cannot decide between two labels.',
            fr: 'Le modèle hésite entre deux étiquettes.',
          }
        : {
            en: `The model cannot decide between ${inEnglish(first)} and ${inEnglish(second)}.`,
            fr: `Le modèle hésite entre ${inFrench(first)} et ${inFrench(second)}.`,
          }
    case 'unlike':
      return {
        en: 'It is unlike anything in the training data.',
        fr: 'Elle ne ressemble à rien de ce que le modèle a appris.',
      }
    case 'uncertain':
      return first === undefined
        ? { en: 'The model is uncertain.', fr: 'Le modèle est incertain.' }
        : {
            en: `The most uncertain prediction among the remaining threads: ${inEnglish(first)}.`,
            fr: `La prédiction la plus incertaine parmi les discussions restantes\u00a0: ${inFrench(first)}.`,
          }
  }
}

function suggestion(first: LabelConfidence | undefined, measured: Sentences | undefined): Sentences {
  const [en, fr] =
    first === undefined
      ? ['The model suggests a label.', 'Le modèle suggère une étiquette.']
      : [`The model suggests ${inEnglish(first)}.`, `Le modèle suggère ${inFrench(first)}.`]
  const [measuredEn, measuredFr] =
    measured === undefined ? ['', ''] : [` ${capitalised(measured.en)}.`, ` ${capitalised(measured.fr)}.`]
  return {
    en: `${en}${measuredEn} Confirm or correct it.`,
    fr: `${fr}${measuredFr} Confirmez-la ou corrigez-la.`,
  }
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function inEnglish({ label, confidence }: LabelConfidence): string {
  return `${label} (${Math.round(confidence * 100)}%)`
}

function inFrench({ label, confidence }: LabelConfidence): string {
  return `«\u00a0${label}\u00a0» (${Math.round(confidence * 100)}\u00a0%)`
}
