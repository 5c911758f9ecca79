import { english, french, type Sentences, type Wording } from '../../text/wording.ts'
import type { VersionEvaluation } from '../registry/model-version.ts'
import type { GateTest, Ground, ParityEvidence } from './gate-evidence.ts'

/** How an activated candidate compares with the version that it replaces. */
export interface Compared {
  /**
   * `tolerated`: behind by a first test, though not after adjustment for the number of tests; `not-confirmed`: behind by a
   * first test that its repetition with another seed did not confirm.
   */
  readonly outcome: 'same' | 'better' | 'tolerated' | 'not-confirmed'
  readonly version: number | undefined
  /** Of all threads of the first comparison. */
  readonly test: GateTest
  /** Two-sided. */
  readonly p: number
  /** Number of tests. */
  readonly tests: number
}

interface Phrases {
  rejected(clauses: readonly string[], figures: string): string
  activated(figures: string, besides: string | undefined): string
  /** "84.2% of 57 threads correct in held-out predictions (cross-validation)". */
  figures(evaluation: VersionEvaluation): string
  guess(evaluation: VersionEvaluation): string
  noBetterThanGuessing(evaluation: VersionEvaluation): string
  compared(compared: Compared): string
  worse(test: GateTest, version: number | undefined): string
  more(count: number): string
  lacksParity(parity: ParityEvidence): string
  readonly parityUntested: string
}

type Place = Exclude<Ground, 'relabelled'>

const en: Phrases = {
  rejected: (clauses, figures) => `Rejected: ${clauses.join('; ')}. Accuracy: ${figures}.`,
  activated: (figures, besides) => `Activated: ${figures}${besides === undefined ? '' : `; ${besides}`}.`,
  figures: ({ basis, threads, candidate }) =>
    `${english.percent(candidate.accuracy)} of ${threads} threads ${basis === 'audit-slice' ? 'of the audit slice correct' : 'correct in held-out predictions (cross-validation)'}`,
  guess: ({ majority }) =>
    `always answering "${majority.label}" would be correct for ${english.percent(majority.accuracy)}`,
  noBetterThanGuessing: (evaluation) => `it is no better than guessing: ${en.guess(evaluation)}`,
  compared({ outcome, version, test, p, tests }) {
    const among = `${placeIn('en', test)} (${formatP(english, p)})`
    if (outcome === 'same') return `no measurable difference from version ${version} ${among}`
    if (outcome === 'better')
      return `better than version ${version}: ${test.gained} more threads correct and ${test.lost} fewer ${among}`
    return outcome === 'tolerated'
      ? `behind version ${version} ${among}, which is not significant after adjustment for ${tests} tests`
      : `behind version ${version} at first ${among}, which a repetition with another seed did not confirm`
  },
  worse(test, version) {
    const { on, threads, lost, gained, refusal } = test
    const p = formatP(english, pOf(test))
    if (on === 'relabelled')
      return `of ${threads} threads relabelled since version ${version}, the other examples support the old label for ${lost} and the new label for ${gained} (${p})`
    const wrong =
      lost === 1
        ? `1 thread that version ${version} predicted correctly is`
        : `${lost} threads that version ${version} predicted correctly are`
    const counts = `${wrong} wrong now and ${gained} the other way round, ${placeIn('en', test)} (${p})`
    return refusal === 'test'
      ? counts
      : `accuracy is ${english.points((lost - gained) / threads)} lower: ${counts}`
  },
  more: (count) => `and ${count} more (see the report)`,
  lacksParity: ({ french: fr, english: own, p }) =>
    `language parity is required, but ${english.percent(fr.right / fr.threads)} of ${fr.threads} threads are correct in French and ${english.percent(own.right / own.threads)} of ${own.threads} in English (${formatP(english, p)})`,
  parityUntested: 'Language parity was not tested: too few threads in French or English.',
}

const fr: Phrases = {
  rejected: (clauses, figures) => `Refusée\u00a0: ${clauses.join('\u202f; ')}. Exactitude\u00a0: ${figures}.`,
  activated: (figures, besides) =>
    `Activée\u00a0: ${figures}${besides === undefined ? '' : `\u202f; ${besides}`}.`,
  figures: ({ basis, threads, candidate }) =>
    `${french.percent(candidate.accuracy)} de ${threads} discussions bien classées ${basis === 'audit-slice' ? 'dans l’échantillon d’audit' : 'hors apprentissage (validation croisée)'}`,
  guess: ({ majority }) =>
    `toujours répondre «\u00a0${majority.label}\u00a0» serait juste pour ${french.percent(majority.accuracy)}`,
  noBetterThanGuessing: (evaluation) => `pas mieux que le hasard\u00a0: ${fr.guess(evaluation)}`,
  compared({ outcome, version, test, p, tests }) {
    const among = `${placeIn('fr', test)} (${formatP(french, p)})`
    if (outcome === 'same') return `aucune différence mesurable avec la version ${version} ${among}`
    if (outcome === 'better')
      return `meilleure que la version ${version}\u00a0: ${test.gained} discussions justes de plus et ${test.lost} de moins ${among}`
    return outcome === 'tolerated'
      ? `en retrait de la version ${version} ${among}, écart qui n’est pas significatif après correction pour ${tests} tests`
      : `d’abord en retrait de la version ${version} ${among}, ce qu’une répétition avec une autre graine n’a pas confirmé`
  },
  worse(test, version) {
    const { on, threads, lost, gained, refusal } = test
    const p = formatP(french, pOf(test))
    if (on === 'relabelled')
      return `sur ${threads} discussions réétiquetées depuis la version ${version}, les autres exemples confirment l’ancienne étiquette pour ${lost} et la nouvelle pour ${gained} (${p})`
    const wrong =
      lost === 1
        ? `1 discussion que la version ${version} classait bien est désormais mal classée`
        : `${lost} discussions que la version ${version} classait bien sont désormais mal classées`
    const counts = `${wrong} et ${gained} dans l’autre sens, ${placeIn('fr', test)} (${p})`
    return refusal === 'test'
      ? counts
      : `l’exactitude baisse de ${french.points((lost - gained) / threads)}\u00a0: ${counts}`
  },
  more: (count) => `et ${count} autres motifs (voir le rapport)`,
  lacksParity: ({ french: own, english: other, p }) =>
    `l’égalité des langues est exigée, or ${french.percent(own.right / own.threads)} de ${own.threads} discussions sont bien classées en français et ${french.percent(other.right / other.threads)} de ${other.threads} en anglais (${formatP(french, p)})`,
  parityUntested:
    'L’égalité des langues n’a pas été testée\u00a0: trop peu de discussions en français ou en anglais.',
}

export const activationPhrases: Readonly<Record<keyof Sentences, Phrases>> = { en, fr }

const PLACES: Readonly<Record<keyof Sentences, Readonly<Record<Place, string>>>> = {
  en: {
    'held-out': 'with held-out predictions',
    'audit-slice': 'in the audit slice',
    recent: 'labelled since',
  },
  fr: {
    'held-out': 'prédites hors apprentissage',
    'audit-slice': 'de l’échantillon d’audit',
    recent: 'étiquetées depuis',
  },
}

function placeIn(language: keyof Sentences, { on, scope, name = '', threads }: GateTest): string {
  const place = PLACES[language][on as Place]
  const named = scope === 'language' ? languageName(language, name) : name
  if (language === 'en') {
    if (scope === 'label') return `among ${threads} threads of "${named}" ${place}`
    return `among ${threads} threads ${scope === 'language' ? `in ${named} ` : ''}${place}`
  }
  if (scope === 'label') return `parmi ${threads} discussions «\u00a0${named}\u00a0» ${place}`
  return `parmi ${threads} discussions ${scope === 'language' ? `en ${named} ` : ''}${place}`
}

function languageName(language: keyof Sentences, code: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code
}

/** Of a refusal that was tested twice, the larger p-value. */
function pOf({ p, again }: GateTest): number {
  return Math.max(p, again?.p ?? 0)
}

function formatP(wording: Wording, p: number): string {
  const gap = wording === french ? '\u00a0' : ' '
  const sign = p < 0.001 ? '<' : '='
  return `p${gap}${sign}${gap}${p < 0.001 ? wording.decimal(0.001, 3) : wording.decimal(p, p < 0.1 ? 3 : 2)}`
}
