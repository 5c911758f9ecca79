import { OUT_OF_SCOPE } from '../../learning/evaluation/evaluate.ts'
import { type Share, shareOf } from '../share.ts'
import type { DrawnCase } from './audit-case-store.ts'

/** Whether the true labels would have sent a thread to the same destination. */
export type Routing =
  | 'right'
  /** A wrong label sent it elsewhere. */
  | 'wrong-label'
  /** The model abstained, or was not confident enough for a rule. */
  | 'not-sure'

/** A drawn thread with the label that agents gave it blind, if any did. */
export interface AuditCase extends DrawnCase {
  readonly trueLabel?: string
  /** Absent where its routing is not known. */
  readonly routing?: Routing
}

export interface AuditFigures {
  /** Drawn threads with a prediction of the facet. */
  readonly drawn: number
  /** Of those, the ones that the version may have learned from: they are no test, and not counted below. */
  readonly setAside: number
  /** Of those set aside, the ones that were labelled blind all the same. */
  readonly setAsideLabelled: number
  /** Labelled blind, and not set aside. */
  readonly labelled: number
  /** Right labels, assigned or not, among those labelled and in scope. */
  readonly accuracy: Share
  /** Assigned, among those drawn. */
  readonly coverage: Share
  /** Wrong labels among those assigned and labelled. */
  readonly wrongAmongAssigned: Share
  /** Sent to a destination that their true labels would not give, among those labelled and routed. */
  readonly misroutes: Share
  /** Of those, sent there by a wrong label. */
  readonly misroutesByWrongLabel: Share
}

export interface LanguageFigures extends AuditFigures {
  readonly language: string
}

export interface LabelAuditFigures {
  readonly label: string
  /** Given this label by the model, among those that agents gave it. */
  readonly recall: Share
  /** Labelled otherwise by agents, among those that the model assigned this label. */
  readonly wrongAmongAssigned: Share
}

/** Fewest labelled threads of a label or language for figures of its own; with fewer the interval is too wide to be of use. */
const ENOUGH_CASES = 10

/** Figures over all drawn threads. */
export function auditFigures(cases: readonly AuditCase[]): AuditFigures {
  const tests = cases.filter(({ mayHaveLearned }) => !mayHaveLearned)
  const labelled = tests.filter(({ trueLabel }) => trueLabel !== undefined)
  const inScope = labelled.filter(({ trueLabel }) => trueLabel !== OUT_OF_SCOPE)
  const routed = labelled.filter(({ routing }) => routing !== undefined)
  return {
    drawn: cases.length,
    setAside: cases.length - tests.length,
    setAsideLabelled: cases.filter(
      ({ trueLabel, mayHaveLearned }) => mayHaveLearned && trueLabel !== undefined,
    ).length,
    labelled: labelled.length,
    accuracy: shareOf(inScope, isRight),
    coverage: shareOf(tests, ({ assigned }) => assigned),
    wrongAmongAssigned: shareOf(
      labelled.filter(({ assigned }) => assigned),
      (each) => !isRight(each),
    ),
    misroutes: shareOf(routed, ({ routing }) => routing !== 'right'),
    misroutesByWrongLabel: shareOf(routed, ({ routing }) => routing === 'wrong-label'),
  }
}

/** Of each language with enough labelled threads, the most frequent first. */
export function languageFigures(cases: readonly AuditCase[]): LanguageFigures[] {
  return grouped(cases, ({ language }) => language)
    .map(([language, own]) => ({ language, ...auditFigures(own) }))
    .filter(({ labelled }) => labelled >= ENOUGH_CASES)
    .sort((a, b) => b.labelled - a.labelled || (a.language < b.language ? -1 : 1))
}

/** Of each label that enough threads have, or were assigned; by name. */
export function labelFigures(cases: readonly AuditCase[]): LabelAuditFigures[] {
  const labelled = cases.filter(({ trueLabel, mayHaveLearned }) => trueLabel !== undefined && !mayHaveLearned)
  const names = new Set(labelled.flatMap(({ trueLabel, label }) => [trueLabel as string, label]))
  return [...names]
    .sort()
    .map((name) => ({
      label: name,
      recall: shareOf(
        labelled.filter(({ trueLabel }) => trueLabel === name),
        isRight,
      ),
      wrongAmongAssigned: shareOf(
        labelled.filter(({ label, assigned }) => assigned && label === name),
        (each) => !isRight(each),
      ),
    }))
    .filter(({ recall, wrongAmongAssigned }) => Math.max(recall.of, wrongAmongAssigned.of) >= ENOUGH_CASES)
}

function isRight({ trueLabel, label }: AuditCase): boolean {
  return trueLabel === label
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [key: string, items: T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups]
}
