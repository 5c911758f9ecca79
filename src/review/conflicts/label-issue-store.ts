import { joinDifferingLabels, lockFacet } from '../../labels/label-queries.ts'
import type { FoundLabelIssues } from '../../models/label-issues/find-label-issues.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { nearDuplicateLinks } from '../../threads/thread-queries.ts'

/** Two near-duplicate threads. */
export interface NearDuplicatePair {
  readonly threadId: string
  readonly otherId: string
  /** In [0, 1]. */
  readonly likeness: number
}

/** A label that is probably wrong; obsolete once another annotation is in force. */
interface Suspect {
  readonly threadId: string
  readonly annotationId: string
  readonly likely: string
  readonly ownConfidence: number
}

interface LabelIssueRow {
  facet_id: string
  thread_id: string
  kind: 'suspect' | 'near-duplicate'
  other_id: string
  annotation_id: string
  likely: string
  score: number
}

interface PairRow {
  thread_id: string
  other_id: string
  likeness: number
}

/** Most suspects and most contradictions kept of a search: people will not review more. */
const MOST_OF_A_KIND = 100
const ROWS = 100

export type LabelIssueStore = ReturnType<typeof createLabelIssueStore>

/** The label issues that the last search found, and near-duplicates that are linked. */
export function createLabelIssueStore(db: Database, clock: Clock) {
  const labelIssues = () => db.sql<LabelIssueRow>('label_issues')

  return {
    /** Replaces the findings of the last search of a facet. */
    async replace(facetId: string, found: FoundLabelIssues): Promise<void> {
      const rows: LabelIssueRow[] = [
        ...found.suspects.slice(0, MOST_OF_A_KIND).map((suspect) => ({
          facet_id: facetId,
          thread_id: suspect.threadId,
          kind: 'suspect' as const,
          other_id: '',
          annotation_id: suspect.annotationId,
          likely: suspect.likely,
          score: suspect.ownConfidence,
        })),
        ...found.contradictions.slice(0, MOST_OF_A_KIND).map(({ threadId, otherId, likeness }) => ({
          facet_id: facetId,
          thread_id: threadId,
          kind: 'near-duplicate' as const,
          other_id: otherId,
          annotation_id: '',
          likely: '',
          score: likeness,
        })),
      ]
      await db.transaction(async () => {
        await lockFacet(db, facetId)
        await labelIssues().where({ facet_id: facetId }).delete()
        for (let from = 0; from < rows.length; from += ROWS)
          await labelIssues().insert(rows.slice(from, from + ROWS))
        await db
          .sql('label_issue_searches')
          .insert({
            facet_id: facetId,
            searched_at: isoNow(clock),
            examples: found.examples,
            errors: found.errors,
          })
          .onConflict('facet_id')
          .merge()
      })
    },

    /** When a facet was last searched. */
    async searchedAt(facetId: string): Promise<Date | undefined> {
      const row = await db.sql('label_issue_searches').where({ facet_id: facetId }).first('searched_at')
      return row && new Date(row.searched_at)
    },

    /** Thread id → suspect label, of these threads (at most 500). */
    async suspects(facetId: string, threadIds: readonly string[]): Promise<Map<string, Suspect>> {
      const rows = await labelIssues()
        .where({ facet_id: facetId, kind: 'suspect' })
        .whereIn('thread_id', threadIds)
      return new Map(
        rows.map((row) => [
          row.thread_id,
          {
            threadId: row.thread_id,
            annotationId: row.annotation_id,
            likely: row.likely,
            ownConfidence: row.score,
          },
        ]),
      )
    },

    /** Near-duplicates of these threads (at most 500), found by a search or linked; each pair once. */
    async pairsOf(facetId: string, threadIds: readonly string[]): Promise<NearDuplicatePair[]> {
      const found: PairRow[] = await labelIssues()
        .where({ facet_id: facetId, kind: 'near-duplicate' })
        .where((where) => where.whereIn('thread_id', threadIds).orWhereIn('other_id', threadIds))
        .select('thread_id', 'other_id', { likeness: 'score' })
      const linked: PairRow[] = await nearDuplicateLinks(db)
        .where((where) => where.whereIn('k.from_id', threadIds).orWhereIn('k.to_id', threadIds))
        .select({ thread_id: 'k.from_id', other_id: 'k.to_id', likeness: 'k.likeness' })
      const pairs = new Map<string, NearDuplicatePair>()
      for (const { thread_id, other_id, likeness } of [...linked, ...found]) {
        const pair = { threadId: thread_id, otherId: other_id, likeness: likeness ?? 1 }
        pairs.set([thread_id, other_id].sort().join(' '), pair)
      }
      return [...pairs.values()]
    },

    /** Threads with a label issue, or linked with a near-duplicate that has another label. */
    async threadsWithIssues(facetId: string): Promise<string[]> {
      const rows: LabelIssueRow[] = await labelIssues().where({ facet_id: facetId })
      const linked = await db.longRead<PairRow>(
        joinDifferingLabels(nearDuplicateLinks(db), { facetId, one: 'k.from_id', other: 'k.to_id' })
          .orderBy([{ column: 'k.likeness', order: 'desc' }, { column: 'k.from_id' }, { column: 'k.to_id' }])
          .limit(MOST_OF_A_KIND)
          .select({ thread_id: 'k.from_id', other_id: 'k.to_id', likeness: 'k.likeness' }),
      )
      const ids = [...rows, ...linked].flatMap(({ thread_id, other_id }) => [thread_id, other_id])
      return [...new Set(ids.filter((id) => id !== ''))].sort()
    },
  }
}
