export { type Applied, type ApplyDeps, type ApplyRequest, applyRecords } from './apply-records.ts'
export type { Rejection } from './batch.ts'
export { type CancelDeps, cancelImport } from './cancel-import.ts'
export * from './deliveries/index.ts'
export { RECORD_REPEATED, threadErrors } from './errors.ts'
export type { PostsChanged, SourceChanged, ThreadsImported, ThreadsViewed } from './events.ts'
export {
  createImportHistory,
  IMPORT_STATUSES,
  type ImportHistory,
  type ImportRecord,
  type ImportStatus,
  type KeptRejection,
} from './import-history.ts'
export { type ImportThreadDeps, importInThread } from './import-in-thread.ts'
export { createImportQueue, type ImportQueue } from './import-queue.ts'
export type { ImportDeps, ImportRequest, ImportWatcher } from './import-request.ts'
export { createImportStore, type ImportStore } from './import-store.ts'
export type { ImportProgress, ImportSummary, NotComplete, OutcomeCounts } from './import-summary.ts'
export { importThreads } from './import-threads.ts'
export type { DatabaseAddress } from './import-worker.ts'
export { threadJobs } from './jobs.ts'
export { linkNearDuplicates } from './link-near-duplicates.ts'
export { type CurateDeps, type Merge, mergeThread, unmergeThread } from './merge-thread.ts'
export type { PostChange, PostChangeKind, PostSide, ToldChange } from './post-changes.ts'
export { presentImport } from './present-import.ts'
export type { RunImportDeps } from './run-import.ts'
export { LONGEST_SOURCE_NAME, requireSourceName } from './source-name.ts'
export { createSourceStore, type LabelFrom, type Source, type SourceStore } from './source-store.ts'
export { type Split, splitThread, unsplitThread } from './split-thread.ts'
export { createTextThread, type TextThread } from './text-work.ts'
export type { Author, Facts, Post, Standing, Thread, ThreadFacts, ThreadLink } from './thread.ts'
export { createThreadStore, type ThreadQuery, type ThreadStore } from './thread-store.ts'
export { threadText } from './thread-text.ts'
export { createUploadFolder, type UploadFolder } from './upload-folder.ts'
export { createViewStore, type ViewStore, type ViewsBetween } from './view-store.ts'
