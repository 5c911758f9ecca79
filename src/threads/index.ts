export { type CurateDeps, type Merge, mergeThread, unmergeThread } from './curation/merge-thread.ts'
export { type Split, splitThread, unsplitThread } from './curation/split-thread.ts'
export * from './deliveries/index.ts'
export { RECORD_REPEATED, threadErrors } from './errors.ts'
export type { PostsChanged, SourceChanged, ThreadsImported, ThreadsViewed } from './events.ts'
export { type CancelDeps, cancelImport } from './imports/cancel-import.ts'
export {
  createImportHistory,
  IMPORT_STATUSES,
  type ImportHistory,
  type ImportRecord,
  type ImportStatus,
  type KeptRejection,
} from './imports/import-history.ts'
export { type ImportThreadDeps, importInThread } from './imports/import-in-thread.ts'
export { createImportQueue, type ImportQueue } from './imports/import-queue.ts'
export type { ImportDeps, ImportRequest, ImportWatcher } from './imports/import-request.ts'
export { createImportStore, type ImportStore } from './imports/import-store.ts'
export type { ImportProgress, ImportSummary, NotComplete } from './imports/import-summary.ts'
export { importThreads } from './imports/import-threads.ts'
export type { DatabaseAddress } from './imports/import-worker.ts'
export { presentImport } from './imports/present-import.ts'
export type { RunImportDeps } from './imports/run-import.ts'
export { createUploadFolder, type UploadFolder } from './imports/upload-folder.ts'
export { type Applied, type ApplyDeps, type ApplyRequest, applyRecords } from './ingest/apply-records.ts'
export type { Rejection } from './ingest/batch.ts'
export type { OutcomeCounts } from './ingest/outcome-counts.ts'
export { createTextThread, type TextThread } from './ingest/text-work.ts'
export { threadJobs } from './jobs.ts'
export { linkNearDuplicates } from './link-near-duplicates.ts'
export type { PostChange, PostChangeKind, PostSide, ToldChange } from './post-changes.ts'
export { LONGEST_SOURCE_NAME, requireSourceName } from './source-name.ts'
export { createSourceStore, type LabelFrom, type Source, type SourceStore } from './source-store.ts'
export type { Author, Facts, Post, Standing, Thread, ThreadFacts, ThreadLink } from './thread.ts'
export { createThreadStore, type ThreadQuery, type ThreadStore } from './thread-store.ts'
export { threadText } from './thread-text.ts'
export { createViewStore, type ViewStore, type ViewsBetween } from './view-store.ts'
