import { accessTables, accountTables, keyCounter, proficiencyCounter } from './access/schema.ts'
import { addressTable } from './articles/addresses/schema.ts'
import { candidateTables } from './articles/candidates/schema.ts'
import { articleCoachingTables } from './articles/coaching/schema.ts'
import { settingsTable } from './articles/credits/schema.ts'
import { gapTable } from './articles/gaps/schema.ts'
import { articleMergeTables } from './articles/merges/schema.ts'
import { passageTables } from './articles/passages/schema.ts'
import { phrasingTable } from './articles/phrasings/schema.ts'
import { waiverTable } from './articles/privacy/schema.ts'
import { articleThreads } from './articles/promotion/schema.ts'
import { readTable } from './articles/reads/schema.ts'
import { articleReviewTables } from './articles/reviews/schema.ts'
import { rightsTables } from './articles/rights/schema.ts'
import { articleTables, documentsOfThreads, draftTable, originTable } from './articles/schema.ts'
import { documentsOfTranslations, translationTables } from './articles/translations/schema.ts'
import { usesByReference, useTables } from './articles/use/schema.ts'
import { inboxTables, outgoingTable } from './community/inbox/schema.ts'
import { communityTables } from './community/schema.ts'
import { helpCentreTables } from './help-centre/schema.ts'
import { ingestTables } from './ingest/schema.ts'
import { insightTables } from './insight/schema.ts'
import { budgetCounter, labelCosts, labelProtection, labelTables, revocationLimits } from './labels/schema.ts'
import { liveTables } from './live/schema.ts'
import { modelTables, versionCounter } from './models/schema.ts'
import type { Migration } from './platform/database/migrate.ts'
import { bulkWork, platformTables } from './platform/schema.ts'
import { misrouteFacets, reviewTables, skipTable } from './review/schema.ts'
import { abandonmentTables } from './search/abandonment/schema.ts'
import { judgementTables } from './search/judgements/schema.ts'
import { searchLogTables } from './search/log/schema.ts'
import { articlesByThread, documentPhrasings, documentThreads, searchTables } from './search/schema.ts'
import { synonymTables } from './search/synonyms/schema.ts'
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
  documentsOfThreads,
  articleThreads,
  passageTables,
  documentThreads,
  proficiencyCounter,
  rightsTables,
  waiverTable,
  settingsTable,
  candidateTables,
  originTable,
  useTables,
  addressTable,
  articleMergeTables,
  readTable,
  articleReviewTables,
  translationTables,
  helpCentreTables,
  articleCoachingTables,
  searchLogTables,
  documentPhrasings,
  phrasingTable,
  gapTable,
  synonymTables,
  documentsOfTranslations,
  usesByReference,
  communityTables,
  judgementTables,
  abandonmentTables,
  inboxTables,
  outgoingTable,
]
