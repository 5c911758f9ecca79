import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { createRatingStore } from './agreement/rating-store.ts'
import { createAnnotationStore } from './annotation-store.ts'
import { createGuidelineStore } from './guidelines/guideline-store.ts'
import { createRevocationStore } from './revocations/revocation-store.ts'
import { createThreadLabelStore } from './thread-label-store.ts'

/** All that labels keeps and reads, beside facets and their starter examples. */
export function createLabelStores(db: Database, clock: Clock) {
  return {
    annotations: createAnnotationStore(db, clock),
    threadLabels: createThreadLabelStore(db),
    ratings: createRatingStore(db),
    guidelines: createGuidelineStore(db, clock),
    revocations: createRevocationStore(db, clock),
  }
}
