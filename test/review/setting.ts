import { afterAll } from 'vitest'
import { correctLabel } from '../../src/labels/annotate-thread.ts'
import { createRandom } from '../../src/learning/random.ts'
import { createAuditSliceStore } from '../../src/models/training/audit-slice-store.ts'
import { createAuditSnapshotStore } from '../../src/review/audit/audit-snapshot-store.ts'
import { createSecondOpinionStore } from '../../src/review/audit/second-opinions.ts'
import { createClusterStore } from '../../src/review/clusters/cluster-store.ts'
import { createConflictStore } from '../../src/review/conflicts/conflict-store.ts'
import { recomputeConflicts } from '../../src/review/conflicts/find-conflicts.ts'
import { createLabelIssueStore } from '../../src/review/conflicts/label-issue-store.ts'
import type { ReviewDeps } from '../../src/review/deps.ts'
import { reviewJobs } from '../../src/review/jobs.ts'
import { createMisrouteStore } from '../../src/review/misroutes/misroute-store.ts'
import { createCandidateStore } from '../../src/review/queue/candidate-store.ts'
import { createBatchChooser } from '../../src/review/queue/choose-batch.ts'
import { createClaimStore } from '../../src/review/queue/claim-store.ts'
import { createTurns } from '../../src/review/queue/hand-out.ts'
import { createQueueStore } from '../../src/review/queue/queue-store.ts'
import { createSkipStore } from '../../src/review/skips/skip-store.ts'
import { agent } from '../labels/support.ts'

import type { TestDatabase } from '../support/databases.ts'
import { setUpTriage } from '../triage/setting.ts'

/** One thread for all tests of a file. */
const batches = createBatchChooser()
afterAll(() => batches.close())

/** Triage with review on top; `auditShare` is the share of threads drawn for the audit slice. */
export async function setUpReview(database: Pick<TestDatabase, 'db'>, auditShare = 0) {
  const setting = await setUpTriage(database)
  const { db, clock } = setting
  const skips = createSkipStore(db, clock)
  const inbox = {
    ...setting.deps,
    skips,
    conflicts: createConflictStore(db, clock),
    labelIssues: createLabelIssueStore(db, clock),
  }
  const review = {
    ...setting.deps,
    auditShare,
    recomputeConflicts: (facetId: string, threadIds: readonly string[]) =>
      recomputeConflicts(inbox, facetId, threadIds),
    queue: createQueueStore(db),
    candidates: createCandidateStore(db),
    claims: createClaimStore(db, clock),
    batches,
    turns: createTurns(),
    misroutes: createMisrouteStore(db, clock),
    skips,
    clusters: createClusterStore(db),
    auditSlice: createAuditSliceStore(db, clock),
    snapshots: createAuditSnapshotStore(db),
    secondOpinions: createSecondOpinionStore(db, clock),
  } satisfies ReviewDeps
  return {
    ...setting,
    review,
    inbox,
    drain: () => setting.drain(reviewJobs(review)),
    /** Annotates a thread as an agent does. */
    label: (threadId: string, facet: string, label: string, blind = false) =>
      correctLabel(setting.deps, { threadId, facet, label, blind, actor: agent }),
  }
}

const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi xo zu'.split(' ')

/** A question like no other: made-up words, always the same for a number. */
export function uniqueQuestion(number: number): string {
  const random = createRandom(number)
  const syllable = () => SYLLABLES[random.below(SYLLABLES.length)]!
  return Array.from({ length: 12 }, () => syllable() + syllable() + syllable()).join(' ')
}
