import type { LabelConfidence } from '../../learning/classifier.ts'
import type { Measured } from '../../triage/measurements/measurement.ts'
import type { Why } from './why.ts'

/**
 * Why a thread is in the queue, in a sentence in French; `explainWhy` says the same in English.
 *
 * @param alternatives of the current prediction; ignored where the thread is labelled blind
 * @param measured of the current prediction, where its label acts only where it was measured
 */
export function explainWhyInFrench(
  why: Why,
  alternatives: readonly LabelConfidence[] = [],
  measured?: Pick<Measured, 'sentence'>,
): string {
  const [first, second] = alternatives
  switch (why) {
    case 'misroute':
      return 'Signalée comme mal orientée.'
    case 'suggested':
      return [
        first === undefined ? 'Le modèle suggère une étiquette.' : `Le modèle suggère ${said(first)}.`,
        ...(measured === undefined ? [] : [`${capitalised(measured.sentence.fr)}.`]),
        'Confirmez-la ou corrigez-la.',
      ].join(' ')
    case 'audit':
      return 'Tirée au sort pour l’audit. Étiquetez-la sans voir la prédiction.'
    case 'second-opinion':
      return 'Déjà étiquetée par un autre agent. Donnez votre propre étiquette sans voir la sienne ni la prédiction.'
    case 'doubtful-import':
      return first === undefined || second === undefined
        ? 'L’étiquette importée est douteuse.'
        : `Importée comme ${said(first)}, mais un modèle qui ne l’avait pas vue pencherait pour ${said(second)}.`
    case 'spread':
      return 'Représentative de discussions que personne n’a encore étiquetées.'
    case 'random':
      return 'Tirée au sort.'
    case 'rare-label':
      return first === undefined
        ? 'Son étiquette est peut-être de celles qui ont peu d’exemples.'
        : `Son étiquette est peut-être «\u00a0${first.label}\u00a0», qui a peu d’exemples.`
    case 'close-labels':
      return first === undefined || second === undefined
        ? 'Le modèle hésite entre deux étiquettes.'
        : `Le modèle hésite entre ${said(first)} et ${said(second)}.`
    case 'unlike':
      return 'Elle ne ressemble à rien de ce que le modèle a appris.'
    case 'uncertain':
      return first === undefined
        ? 'Le modèle est incertain.'
        : `La prédiction la plus incertaine parmi les discussions restantes\u00a0: ${said(first)}.`
  }
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function said({ label, confidence }: LabelConfidence): string {
  return `«\u00a0${label}\u00a0» (${Math.round(confidence * 100)}\u00a0%)`
}
