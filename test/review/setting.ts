import { createAuditSliceStore } from '../../src/models/index.ts'
import { createMisrouteStore, createQueueStore, type ReviewDeps, reviewJobs } from '../../src/review/index.ts'
import type { TestDatabase } from '../support/databases.ts'
import { setUpTriage } from '../triage/setting.ts'

/** Triage with review on top; `auditShare` is the share of threads drawn for the audit slice. */
export async function setUpReview(database: Pick<TestDatabase, 'db'>, auditShare = 0) {
  const house = await setUpTriage(database)
  const { db, clock } = house
  const review = {
    ...house.deps,
    auditShare,
    queue: createQueueStore(db),
    misroutes: createMisrouteStore(db, clock),
    auditSlice: createAuditSliceStore(db, clock),
  } satisfies ReviewDeps
  return { ...house, review, drain: () => house.drain(reviewJobs(review)) }
}
