import { accessTables, accountTables, keyCounter } from './access/schema.ts'
import { articleTables, draftTable } from './articles/schema.ts'
import { ingestTables } from './ingest/schema.ts'
import { insightTables } from './insight/schema.ts'
import { budgetCounter, labelCosts, labelProtection, labelTables, revocationLimits } from './labels/schema.ts'
import { liveTables } from './live/schema.ts'
import { modelTables, versionCounter } from './models/schema.ts'
import type { Migration } from './platform/database/migrate.ts'
import { bulkWork, platformTables } from './platform/schema.ts'
import { misrouteFacets, reviewTables, skipTable } from './review/schema.ts'
import { articlesByThread, searchTables } from './search/schema.ts'
import { serverTables } from './server/schema.ts'
import {
  inheritedLocks,
  lockCounter,
  protectionTable,
  sourceCounter,
  threadListIndexes,
  threadTables,
} from './threads/schema.ts'
import {
  abstentionIndex,
  countedActivation,
  measurementTable,
  predictionChanges,
  provisionalAssignments,
  routingSeesMore,
  ruleSetCounter,
  triageTables,
} from './triage/schema.ts'
import { webhookTables } from './webhooks/schema.ts'

/**
 * Every step of the schema, oldest first. A released step is never edited: a change is a new step of its module
 * (`0.2-labels`, in `labels/schema.ts`), at the end of this list.
 */
export const migrations: readonly Migration[] = [
  platformTables,
  serverTables,
  accessTables,
  threadTables,
  ingestTables,
  labelTables,
  modelTables,
  searchTables,
  triageTables,
  reviewTables,
  articleTables,
  insightTables,
  webhookTables,
  revocationLimits,
  bulkWork,
  keyCounter,
  sourceCounter,
  budgetCounter,
  versionCounter,
  ruleSetCounter,
  provisionalAssignments,
  measurementTable,
  labelProtection,
  protectionTable,
  routingSeesMore,
  misrouteFacets,
  labelCosts,
  lockCounter,
  articlesByThread,
  liveTables,
  draftTable,
  accountTables,
  skipTable,
  predictionChanges,
  threadListIndexes,
  abstentionIndex,
  inheritedLocks,
  countedActivation,
]
