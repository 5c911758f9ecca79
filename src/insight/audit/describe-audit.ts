import type { Share } from '../share.ts'
import { english, french, type Sentences, type Wording } from '../wording.ts'
import type { AuditFigures } from './audit-figures.ts'

/** The figures to describe. */
interface Audited {
  readonly facet: string
  readonly figures: AuditFigures
  /** Threads reported as misrouted. */
  readonly reported: number
  /** Whether the figures are of a period only. */
  readonly inPeriod: boolean
}

/** Summarises the figures of a facet in sentences. */
export function describeAudit(audited: Audited): Sentences {
  return { en: inEnglish(audited), fr: inFrench(audited) }
}

function inEnglish({ facet, figures, reported, inPeriod }: Audited): string {
  const { count } = english
  const { drawn, labelled, accuracy, coverage, wrongAmongAssigned, misroutes } = figures
  if (drawn === 0)
    return `No thread was drawn for the audit of “${facet}” ${inPeriod ? 'in this period' : 'yet'}.`
  if (labelled === 0)
    return `${count(drawn)} ${drawn === 1 ? 'thread was' : 'threads were'} drawn for the audit of “${facet}”; none has been labelled blind yet.`
  const describe = (share: Share) => withInterval(english, share, (range) => ` (95% interval ${range})`)
  return [
    `“${facet}”: ${count(labelled)} of ${count(drawn)} threads drawn at random were labelled blind.`,
    `Correct: ${describe(accuracy)}.`,
    `Assigned a label: ${describe(coverage)}; wrong among assigned: ${describe(wrongAmongAssigned)}.`,
    `${misroutes.of > 0 ? `Sent to the wrong destination: ${describe(misroutes)}; reported` : 'Reported'} as misrouted: ${count(reported)}.`,
  ].join(' ')
}

function inFrench({ facet, figures, reported, inPeriod }: Audited): string {
  const { count } = french
  const { drawn, labelled, accuracy, coverage, wrongAmongAssigned, misroutes } = figures
  if (drawn === 0)
    return inPeriod
      ? `Aucune discussion n’a été tirée au sort pour l’audit de «\u00a0${facet}\u00a0» sur cette période.`
      : `Aucune discussion n’a encore été tirée au sort pour l’audit de «\u00a0${facet}\u00a0».`
  if (labelled === 0) {
    const threads = drawn === 1 ? '1 discussion a été tirée' : `${count(drawn)} discussions ont été tirées`
    return `${threads} au sort pour l’audit de «\u00a0${facet}\u00a0»\u202f; aucun n’a encore été étiqueté à l’aveugle.`
  }
  const describe = (share: Share) =>
    withInterval(french, share, (range) => ` (intervalle à 95\u00a0%\u00a0: ${range})`)
  return [
    `«\u00a0${facet}\u00a0»\u00a0: ${count(labelled)} des ${count(drawn)} discussions tirées au sort ont été étiquetées à l’aveugle.`,
    `Justes\u00a0: ${describe(accuracy)}.`,
    `Étiquette attribuée\u00a0: ${describe(coverage)}\u202f; erreurs parmi les étiquettes attribuées\u00a0: ${describe(wrongAmongAssigned)}.`,
    `${misroutes.of > 0 ? `Mauvaise destination\u00a0: ${describe(misroutes)}\u202f; signalés` : 'Signalés'} comme mal orientés\u00a0: ${count(reported)}.`,
  ].join(' ')
}

function withInterval(
  wording: Wording,
  { share, interval }: Share,
  within: (interval: string) => string,
): string {
  return share === undefined ? '–' : `${wording.percent(share)}${within(wording.between(interval))}`
}
