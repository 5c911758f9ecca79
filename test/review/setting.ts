import { afterAll } from 'vitest'
import { createAuditSliceStore } from '../../src/models/index.ts'
import {
  createBatchChooser,
  createCandidateStore,
  createClaimStore,
  createMisrouteStore,
  createQueueStore,
  createTurns,
  type ReviewDeps,
  reviewJobs,
} from '../../src/review/index.ts'
import type { TestDatabase } from '../support/databases.ts'
import { setUpTriage } from '../triage/setting.ts'

/** One thread for all tests of a file. */
const batches = createBatchChooser()
afterAll(() => batches.close())

/** Triage with review on top; `auditShare` is the share of threads drawn for the audit slice. */
export async function setUpReview(database: Pick<TestDatabase, 'db'>, auditShare = 0) {
  const house = await setUpTriage(database)
  const { db, clock } = house
  const review = {
    ...house.deps,
    auditShare,
    queue: createQueueStore(db),
    candidates: createCandidateStore(db),
    claims: createClaimStore(db, clock),
    batches,
    turns: createTurns(),
    misroutes: createMisrouteStore(db, clock),
    auditSlice: createAuditSliceStore(db, clock),
  } satisfies ReviewDeps
  return { ...house, review, drain: () => house.drain(reviewJobs(review)) }
}
