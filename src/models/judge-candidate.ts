import type { JudgedRow } from '../learning/index.ts'
import type { CandidateVerdicts, Predecessor } from './compare-verdicts.ts'
import type { Comparison, GateEvidence, GateTest } from './gate-evidence.ts'
import { figuresOf, fingerprint, judgeMajority, judgeOutOfFold, judgeTextsBy } from './judge-hold-out.ts'
import type { ComparedFigures, HoldOutReport } from './model-version.ts'
import type { OutOfFoldRow } from './out-of-fold.ts'
import type { TrainingExample } from './training-example.ts'
import { type JudgedInLanguage, weighParity } from './weigh-parity.ts'

/**
 * Fewest threads of the audit slice, labelled blind and unseen by both versions, that can judge a candidate alone.
 * With fewer, out-of-fold predictions stand in, so that the candidate is fitted whole.
 */
export const LARGE_ENOUGH = 200

/** What a candidate is judged beside. */
interface Beside {
  /** Number of the active version. */
  readonly version: number | undefined
  readonly predecessor: Predecessor | undefined
  readonly comparisons: readonly Comparison[]
  readonly tests: readonly GateTest[]
}

/** Judges a candidate: on the audit slice where it is large enough, else on its out-of-fold predictions. */
export function judgeCandidate(
  candidate: CandidateVerdicts,
  { version, predecessor, comparisons, tests }: Beside,
): { readonly holdOut: HoldOutReport; readonly gate: GateEvidence } {
  const judged = judge(candidate)
  const truths = judged.rows.map(({ truth }) => truth)
  const compared =
    version !== undefined && predecessor ? compareFigures(candidate, version, predecessor) : undefined
  const parity = weighParity(inLanguages(judged, comparisons))
  return {
    holdOut: {
      basis: judged.basis,
      threads: judged.rows.length,
      fingerprint: fingerprint(judged.examples),
      candidate: figuresOf(judged.rows),
      ...(compared && { compared }),
      majority: judgeMajority(candidate.learned, truths),
    },
    gate: {
      ...(version !== undefined && tests.length > 0 && { version }),
      tests,
      ...(parity && { parity }),
    },
  }
}

interface Judged {
  readonly basis: 'audit-slice' | 'out-of-fold'
  readonly examples: readonly TrainingExample[]
  /** Of `examples`, in their order. */
  readonly rows: readonly JudgedRow[]
}

/** There always is either: a parent is fitted further only where the audit slice is large enough. */
function judge({ learned, audit, outOfFold, classifier }: CandidateVerdicts): Judged {
  if (audit.length >= LARGE_ENOUGH || outOfFold === undefined)
    return { basis: 'audit-slice', examples: audit, rows: judgeTextsBy(classifier, audit) }
  const examples = new Map(learned.map((example) => [example.id, example]))
  return {
    basis: 'out-of-fold',
    examples: outOfFold.rows.map(({ id }) => examples.get(id)!),
    rows: judgeOutOfFold(outOfFold.rows),
  }
}

/** The figures of both on the same threads. */
function compareFigures(
  { audit, outOfFold, classifier }: CandidateVerdicts,
  version: number,
  predecessor: Predecessor,
): ComparedFigures | undefined {
  const fair = audit.filter(({ unseen }) => unseen)
  const rival = predecessor.classifier
  if (rival !== undefined && fair.length >= LARGE_ENOUGH)
    return beside(version, judgeTextsBy(classifier, fair), judgeTextsBy(rival, fair))
  const then = new Map(predecessor.outOfFold?.rows.map((row) => [row.id, row]))
  const pairs = (outOfFold?.rows ?? []).flatMap((row): [OutOfFoldRow, OutOfFoldRow][] => {
    const before = then.get(row.id)
    return before?.truth === row.truth ? [[row, before]] : []
  })
  if (pairs.length === 0) return undefined
  return beside(
    version,
    judgeOutOfFold(pairs.map(([now]) => now)),
    judgeOutOfFold(pairs.map(([, before]) => before)),
  )
}

function beside(
  version: number,
  candidate: readonly JudgedRow[],
  active: readonly JudgedRow[],
): ComparedFigures {
  return {
    version,
    threads: candidate.length,
    candidate: figuresOf(candidate),
    active: figuresOf(active),
  }
}

/** The threads on which the versions are compared, where there are; else those on which the candidate was judged. */
function inLanguages(judged: Judged, comparisons: readonly Comparison[]): readonly JudgedInLanguage[] {
  for (const each of comparisons)
    if (each.on !== 'relabelled' && each.on === judged.basis && each.cases.length > 0) return each.cases
  return judged.examples.map(({ language }, at) => {
    const { truth, label } = judged.rows[at]!
    return { language, now: label === truth }
  })
}
