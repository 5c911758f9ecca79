import { english, french, type Sentences, type Wording } from '../../text/wording.ts'
import type { Share } from '../share.ts'
import type { AuditFigures } from './audit-figures.ts'

/** The figures to describe. */
interface Audited {
  readonly facet: string
  readonly figures: AuditFigures
  /** Threads of the slice that were labelled blind and have no prediction that could be judged. */
  readonly unpredicted: number
  /** Threads reported as misrouted. */
  readonly reported: number
  /** Whether the figures are of a period only. */
  readonly inPeriod: boolean
}

/**
 * Summarises the figures of a facet in sentences: how many threads were drawn, how many of these were labelled blind,
 * which of the labels do not count and why, and what the others show.
 */
export function describeAudit(audited: Audited): Sentences {
  return { en: inEnglish(audited), fr: inFrench(audited) }
}

function inEnglish({ facet, figures, unpredicted, reported, inPeriod }: Audited): string {
  const { count } = english
  const { drawn, setAside, setAsideLabelled, labelled } = figures
  const unjudged =
    unpredicted === 0
      ? []
      : [
          `${count(unpredicted)} more ${unpredicted === 1 ? 'thread was' : 'threads were'} labelled blind without a prediction to judge.`,
        ]
  if (drawn === 0)
    return [
      `No thread was drawn for the audit of “${facet}” ${inPeriod ? 'in this period' : 'yet'}.`,
      ...unjudged,
    ].join(' ')
  const blind = labelled + setAsideLabelled
  const head =
    blind === 0
      ? `${count(drawn)} ${drawn === 1 ? 'thread was' : 'threads were'} drawn for the audit of “${facet}”; none has been labelled blind yet.`
      : `“${facet}”: ${count(blind)} of ${count(drawn)} threads drawn at random were labelled blind.`
  const aside =
    setAside === 0
      ? []
      : [
          `${count(setAside)} of those drawn ${setAside === 1 ? 'is' : 'are'} set aside, ${count(setAsideLabelled)} of them labelled blind: ${setAside === 1 ? 'it' : 'they'} had a label before being drawn, from which the model may have learned, so ${setAside === 1 ? 'it is' : 'they are'} no test of it.`,
        ]
  if (labelled === 0)
    return [head, ...aside, ...unjudged, ...(blind > 0 ? [NOTHING_COUNTS.en] : [])].join(' ')
  const { accuracy, coverage, wrongAmongAssigned, misroutes } = figures
  const describe = (share: Share) => withInterval(english, share, (range) => ` (95% interval ${range})`)
  return [
    head,
    ...aside,
    ...unjudged,
    `Correct: ${describe(accuracy)}.`,
    `Assigned a label: ${describe(coverage)}; wrong among assigned: ${describe(wrongAmongAssigned)}.`,
    `${misroutes.of > 0 ? `Sent to the wrong destination: ${describe(misroutes)}; reported` : 'Reported'} as misrouted: ${count(reported)}.`,
  ].join(' ')
}

const NOTHING_COUNTS: Sentences = {
  en: 'No blind label counts yet: the review queue asks for threads that do.',
  fr: 'Aucune étiquette à l’aveugle ne compte encore\u00a0: la file de relecture propose des discussions qui comptent.',
}

function inFrench({ facet, figures, unpredicted, reported, inPeriod }: Audited): string {
  const { count } = french
  const { drawn, setAside, setAsideLabelled, labelled } = figures
  const unjudged =
    unpredicted === 0
      ? []
      : [
          unpredicted === 1
            ? '1 autre discussion a été étiquetée à l’aveugle sans prédiction à juger.'
            : `${count(unpredicted)} autres discussions ont été étiquetées à l’aveugle sans prédiction à juger.`,
        ]
  if (drawn === 0)
    return [
      inPeriod
        ? `Aucune discussion n’a été tirée au sort pour l’audit de «\u00a0${facet}\u00a0» sur cette période.`
        : `Aucune discussion n’a encore été tirée au sort pour l’audit de «\u00a0${facet}\u00a0».`,
      ...unjudged,
    ].join(' ')
  const blind = labelled + setAsideLabelled
  const threads = drawn === 1 ? '1 discussion a été tirée' : `${count(drawn)} discussions ont été tirées`
  const head =
    blind === 0
      ? `${threads} au sort pour l’audit de «\u00a0${facet}\u00a0»\u202f; aucune n’a encore été étiquetée à l’aveugle.`
      : `«\u00a0${facet}\u00a0»\u00a0: ${count(blind)} sur ${count(drawn)} discussions tirées au sort ${blind === 1 ? 'a été étiquetée' : 'ont été étiquetées'} à l’aveugle.`
  const aside =
    setAside === 0
      ? []
      : [
          setAside === 1
            ? `1 discussion tirée est mise de côté (étiquetées à l’aveugle\u00a0: ${count(setAsideLabelled)})\u00a0: elle portait avant le tirage une étiquette dont le modèle a pu apprendre, elle ne le met donc pas à l’épreuve.`
            : `${count(setAside)} discussions tirées sont mises de côté, dont ${count(setAsideLabelled)} étiquetées à l’aveugle\u00a0: elles portaient avant le tirage une étiquette dont le modèle a pu apprendre, elles ne le mettent donc pas à l’épreuve.`,
        ]
  if (labelled === 0)
    return [head, ...aside, ...unjudged, ...(blind > 0 ? [NOTHING_COUNTS.fr] : [])].join(' ')
  const { accuracy, coverage, wrongAmongAssigned, misroutes } = figures
  const describe = (share: Share) =>
    withInterval(french, share, (range) => ` (intervalle à 95\u00a0%\u00a0: ${range})`)
  return [
    head,
    ...aside,
    ...unjudged,
    `Justes\u00a0: ${describe(accuracy)}.`,
    `Étiquette attribuée\u00a0: ${describe(coverage)}\u202f; erreurs parmi les étiquettes attribuées\u00a0: ${describe(wrongAmongAssigned)}.`,
    `${misroutes.of > 0 ? `Mauvaise destination\u00a0: ${describe(misroutes)}\u202f; signalées` : 'Signalées'} comme mal orientées\u00a0: ${count(reported)}.`,
  ].join(' ')
}

function withInterval(
  wording: Wording,
  { share, interval }: Share,
  within: (interval: string) => string,
): string {
  return share === undefined ? '–' : `${wording.percent(share)}${within(wording.between(interval))}`
}
