import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { eachLanguage, type LanguageGroup } from './read-posts.ts'
import type { TrainingSnapshot } from './snapshot.ts'

/** How many posts have each term, by language, as counted so far. */
export type TermCounts = Readonly<Record<LanguageGroup, Map<string, number>>>

/** A snapshot, or its counts up to the thread `position`. */
export type SnapshotProgress =
  | { readonly ready: true; readonly snapshot: TrainingSnapshot }
  | {
      readonly ready: false
      readonly position: string
      readonly learned: number
      readonly counts: TermCounts
    }

interface SnapshotRow {
  version_id: string
  facet_id: string
  ready: boolean | number
  position: string | null
  data: string
  updated_at: string
}

/** A reference post as it is stored: language, label, confidence, assigned, words, unknown words. */
type PostRow = [LanguageGroup, string, number, 0 | 1, number, number]

interface ReadyData {
  readonly learned: number
  readonly budgets: string
  readonly vocabulary: Record<LanguageGroup, string[]>
  readonly shared: Record<LanguageGroup, number>
  readonly posts: PostRow[]
  readonly termDocuments: Record<LanguageGroup, [string, number][]>
}

interface GatheringData {
  readonly learned: number
  readonly counts: Record<LanguageGroup, [string, number][]>
}

export type SnapshotStore = ReturnType<typeof createSnapshotStore>

/** One snapshot a model version, made once, in steps that survive a crash. */
export function createSnapshotStore(db: Database, clock: Clock) {
  const snapshots = () => db.sql<SnapshotRow>('drift_snapshots')

  async function write(
    { versionId, facetId }: { readonly versionId: string; readonly facetId: string },
    ready: boolean,
    position: string | null,
    data: ReadyData | GatheringData,
  ): Promise<void> {
    await snapshots()
      .insert({
        version_id: versionId,
        facet_id: facetId,
        ready,
        position,
        data: JSON.stringify(data),
        updated_at: isoNow(clock),
      })
      .onConflict('version_id')
      .merge()
  }

  return {
    async find(versionId: string): Promise<SnapshotProgress | undefined> {
      const row = await snapshots().where({ version_id: versionId }).first()
      if (row === undefined) return undefined
      if (row.ready) return { ready: true, snapshot: fromReady(JSON.parse(row.data)) }
      const { learned, counts } = JSON.parse(row.data) as GatheringData
      return {
        ready: false,
        position: row.position ?? '',
        learned,
        counts: eachLanguage((language) => new Map(counts[language])),
      }
    },

    /** Stores the counts so far. */
    saveProgress: (
      version: { readonly versionId: string; readonly facetId: string },
      { position, learned, counts }: Extract<SnapshotProgress, { ready: false }>,
    ): Promise<void> =>
      write(version, false, position, { learned, counts: eachLanguage((language) => [...counts[language]]) }),

    finish: (
      version: { readonly versionId: string; readonly facetId: string },
      { learned, budgets, vocabulary, shared, reference }: TrainingSnapshot,
    ): Promise<void> =>
      write(version, true, null, {
        learned,
        budgets,
        vocabulary: eachLanguage((language) => [...vocabulary[language]]),
        shared,
        posts: reference.posts.map(
          ({ language, label, confidence, assigned, words, unknownWords }): PostRow => [
            language,
            label,
            confidence,
            assigned ? 1 : 0,
            words,
            unknownWords,
          ],
        ),
        termDocuments: eachLanguage((language) => [...reference.termDocuments[language]]),
      }),

    /** Deletes the snapshots of a facet's other versions: drift is measured against the active version only. */
    async deleteOthers(facetId: string, versionId: string): Promise<void> {
      await snapshots().where({ facet_id: facetId }).whereNot({ version_id: versionId }).delete()
    },
  }
}

function fromReady({
  learned,
  budgets,
  vocabulary,
  shared,
  posts,
  termDocuments,
}: ReadyData): TrainingSnapshot {
  return {
    learned,
    budgets,
    vocabulary: eachLanguage((language) => new Set(vocabulary[language])),
    shared,
    reference: {
      posts: posts.map(([language, label, confidence, assigned, words, unknownWords]) => ({
        language,
        label,
        confidence,
        assigned: assigned === 1,
        words,
        unknownWords,
      })),
      termDocuments: eachLanguage((language) => new Map(termDocuments[language])),
    },
  }
}
