import type { DriftKind } from '../../learning/drift/measure-drift.ts'
import { english, french, type Sentences, type Wording } from '../../text/wording.ts'
import type { DriftScope } from './drift-report.ts'
import type { PresentedFigures, PresentedReport } from './present-report.ts'

const NAMED = 5
/** Most that a label shift's p may be for the sentence to name it. */
const CERTAIN = 0.05

const OF: Readonly<Record<keyof Sentences, Readonly<Record<DriftScope, string>>>> = {
  en: { all: 'posts', fr: 'French posts', en: 'English posts' },
  fr: { all: 'messages', fr: 'messages en français', en: 'messages en anglais' },
}

/** An alarm as a sentence; words that the reader may not see are left out. */
export function describeAlarm(
  kind: DriftKind,
  scope: DriftScope,
  figures: PresentedFigures | undefined,
): Sentences {
  const posts = { en: OF.en[scope], fr: OF.fr[scope] }
  if (figures === undefined)
    return { en: `Drift in ${posts.en}: ${kind}.`, fr: `Dérive des ${posts.fr}\u00a0: ${kind}.` }
  return DESCRIBED[kind](figures, posts)
}

type Describe = (figures: PresentedFigures, posts: Sentences) => Sentences

const DESCRIBED: Readonly<Record<DriftKind, Describe>> = {
  vocabulary({ vocabulary: { risen, unknownShare } }, posts) {
    const named = risen.slice(0, NAMED)
    const en = `${english.percent(unknownShare.now)} of the words in ${posts.en} are unknown to the model, compared with ${english.percent(unknownShare.before)} before`
    const fr = `${french.percent(unknownShare.now)} des mots des ${posts.fr} sont inconnus du modèle, contre ${french.percent(unknownShare.before)} auparavant`
    if (named.length === 0) return { en: `${en}.`, fr: `${fr}.` }
    return {
      en: `${en}. More frequent words: ${named.map(({ word, now, before }) => `“${word}” (${now}, ${before} before)`).join(', ')}.`,
      fr: `${fr}. Mots plus fréquents\u00a0: ${named.map(({ word, now, before }) => `«\u00a0${word}\u00a0» (${now}, contre ${before})`).join(', ')}.`,
    }
  },

  'label-shares'({ labels }, posts) {
    const moved = labels.shifts.filter(({ p }) => p <= CERTAIN).slice(0, NAMED)
    const en = `The shares of the predicted labels of ${posts.en} have changed (stability index ${english.decimal(labels.psi, 2)})`
    const fr = `La répartition des étiquettes prédites des ${posts.fr} a changé (indice de stabilité ${french.decimal(labels.psi, 2)})`
    if (moved.length === 0) return { en: `${en}.`, fr: `${fr}.` }
    const arrow = (wording: Wording, { before, now }: (typeof moved)[number]) =>
      `${wording.percent(before.share)} → ${wording.percent(now.share)}`
    return {
      en: `${en}: ${moved.map((each) => `“${each.label}” ${arrow(english, each)}`).join(', ')}.`,
      fr: `${fr}\u00a0: ${moved.map((each) => `«\u00a0${each.label}\u00a0» ${arrow(french, each)}`).join(', ')}.`,
    }
  },

  confidence: ({ confidence: { median } }, posts) => ({
    en: `The model is less confident about ${posts.en}: median confidence ${english.decimal(median.now, 2)}, compared with ${english.decimal(median.before, 2)} before.`,
    fr: `Le modèle est moins sûr des ${posts.fr}\u00a0: confiance médiane de ${french.decimal(median.now, 2)}, contre ${french.decimal(median.before, 2)} auparavant.`,
  }),

  coverage: ({ coverage: { now, before } }, posts) => ({
    en: `Fewer ${posts.en} are assigned a label: ${english.percent(now.share)}, compared with ${english.percent(before.share)} before.`,
    fr: `Moins de ${posts.fr} reçoivent une étiquette\u00a0: ${french.percent(now.share)}, contre ${french.percent(before.share)} auparavant.`,
  }),
}

/** A report in a sentence. */
export function describeReport({
  alarms,
  scopes,
  window,
}: Pick<PresentedReport, 'alarms' | 'scopes' | 'window'>): Sentences {
  const days = window.days
  const all = scopes.find(({ scope }) => scope === 'all')
  if (all?.status !== 'measured' && alarms.length === 0)
    return {
      en: `Too few posts to compare: ${english.count(all?.posts ?? 0)} in ${days} days.`,
      fr: `Trop peu de messages à comparer\u00a0: ${french.count(all?.posts ?? 0)} en ${days}\u00a0jours.`,
    }
  const posts = { en: english.count(all?.posts ?? 0), fr: french.count(all?.posts ?? 0) }
  if (alarms.length === 0)
    return {
      en: `The ${posts.en} posts of the last ${days} days are like those that the model knows.`,
      fr: `Les ${posts.fr} messages des ${days} derniers jours ressemblent à ceux que le modèle connaît.`,
    }
  return {
    en: `The ${posts.en} posts of the last ${days} days differ from those that the model knows: ${alarms.length === 1 ? '1 change' : `${alarms.length} changes`}.`,
    fr: `Les ${posts.fr} messages des ${days} derniers jours diffèrent de ceux que le modèle connaît\u00a0: ${alarms.length < 2 ? '1 changement' : `${alarms.length} changements`}.`,
  }
}
