import type { Migration } from '../database/migrate.ts'
import { platformTables } from './0001-platform.ts'
import { accessTables } from './0002-access.ts'
import { threadTables } from './0003-threads.ts'
import { labelTables } from './0004-labels.ts'
import { modelTables } from './0005-models.ts'
import { triageTables } from './0006-triage.ts'
import { reviewTables } from './0007-review.ts'
import { searchTables } from './0008-search.ts'
import { articleTables } from './0009-articles.ts'
import { threadChanges } from './0010-thread-changes.ts'
import { importHistory } from './0011-import-history.ts'
import { webhookInTables } from './0012-webhooks-in.ts'
import { webhookTables } from './0013-webhooks.ts'
import { nearDuplicates } from './0014-near-duplicates.ts'
import { redaction } from './0015-redaction.ts'
import { importCursorTables } from './0016-import-cursors.ts'
import { starterExamples } from './0017-starter-examples.ts'
import { postIdentity } from './0018-post-identity.ts'
import { orderedIds } from './0019-ordered-ids.ts'
import { riskBudgets } from './0020-risk-budgets.ts'
import { reviewQueue } from './0021-review-queue.ts'
import { gateTables } from './0022-gate.ts'
import { disagreement } from './0023-disagreement.ts'
import { revocationTables } from './0024-revocations.ts'
import { insightTables } from './0025-insight.ts'
import { driftTables } from './0026-drift.ts'
import { labelsReadAt } from './0027-labels-read-at.ts'
import { orderedComments } from './0028-ordered-comments.ts'
import { plainHashes } from './0029-plain-hashes.ts'

/** Every step of the schema, oldest first. A landed step is never edited: a change is a new step. */
export const migrations: readonly Migration[] = [
  platformTables,
  accessTables,
  threadTables,
  labelTables,
  modelTables,
  triageTables,
  reviewTables,
  searchTables,
  articleTables,
  threadChanges,
  importHistory,
  webhookInTables,
  webhookTables,
  nearDuplicates,
  redaction,
  importCursorTables,
  starterExamples,
  postIdentity,
  orderedIds,
  riskBudgets,
  reviewQueue,
  gateTables,
  disagreement,
  revocationTables,
  driftTables,
  insightTables,
  labelsReadAt,
  orderedComments,
  plainHashes,
]
