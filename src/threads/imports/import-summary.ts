import type { OutcomeCounts } from '../ingest/outcome-counts.ts'

/** Of what was there before, gone now by the export's word: present where it could say so. */
interface Deletions {
  readonly deleted?: number
}

/** Why an export that was said to be whole was not taken for it. */
export interface NotComplete {
  readonly code:
    | 'COMPLETE_WITH_REJECTIONS'
    | 'COMPLETE_WITH_PARTS'
    | 'COMPLETE_WITHOUT_THREADS'
    | 'COMPLETE_BY_API'
  readonly reason: string
}

/**
 * What came of an export. `new`, `changed` and `unchanged` add up to what was taken (a record that the export repeats
 * word for word is `unchanged`); a thread whose stated acceptance differs is `changed`. Of the export itself, and so
 * the same at every run: `answers` (distinct ones) and `threads.resolved` (threads with an accepted answer, both in
 * the export). `posts.rejected` also counts rejected rows that are neither thread nor post. `ignored` rows are none of
 * ours. `orphans` are answers of the export whose question is not in the database now. `incomplete` are threads
 * of which the export holds a part only; they are taken as they are and named with the import's rejections.
 */
export interface ImportSummary {
  readonly threads: Readonly<OutcomeCounts> & { readonly resolved: number } & Deletions
  readonly posts: Readonly<OutcomeCounts> & Deletions
  /** Present where the export was said to be whole and nothing missing from it was deleted all the same. */
  readonly notComplete?: NotComplete
  readonly answers: number
  readonly ignored: number
  readonly orphans: number
  readonly incomplete: number
  /** What the format has to tell of how it understood the export; absent where there is nothing. */
  readonly notes?: readonly string[]
}

/** How far an import is: everything counted here is committed. */
export interface ImportProgress {
  readonly importId: string
  /** Threads and posts taken so far: new, changed and unchanged. */
  readonly threads: number
  readonly posts: number
  readonly counts: {
    readonly threads: Readonly<OutcomeCounts> & Deletions
    readonly posts: Readonly<OutcomeCounts> & Deletions
  }
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly elapsedMs: number
  readonly postsPerSecond: number
}
