import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Candidate } from './candidate.ts'
import { type CandidateRow, toCandidate, toRow } from './candidate-rows.ts'

/** A thread's place in a candidate. */
export interface Membership {
  readonly threadId: string
  readonly candidateId: string
  /** The decision by which a person put it there. */
  readonly movedBy?: string
}

/** What one computation changes. */
export interface CandidateChanges {
  /** With all of their threads; a thread that was in another candidate leaves it. */
  readonly put: readonly {
    readonly candidate: Candidate
    readonly threads: readonly Omit<Membership, 'candidateId'>[]
  }[]
  /** Threads that are in no candidate any more. */
  readonly freed: readonly string[]
  /** Candidates that are none any more. */
  readonly removed: readonly string[]
}

/** Ids of candidates that are about an article, and of those that it is the outcome of. */
interface FollowedCandidates {
  readonly candidate: readonly string[]
  readonly outcome: readonly string[]
}

const NAMES = { candidate: 'article_id', outcome: 'outcome_article_id' } as const
const SEQUENCE = { name: 'candidates' }
const RANKS = {
  name: 'article_candidates',
  key: ['id'],
  columns: ['id', 'failed_searches', 'score'],
} as const
const CHUNK = 200

export type CandidateStore = ReturnType<typeof createCandidateStore>

/** Candidates and their threads, whoever may see them; readers' candidates are in `candidate-list.ts`. */
export function createCandidateStore(db: Database, clock: Clock) {
  const candidates = () => db.sql<CandidateRow>('article_candidates')
  const members = () => db.sql('article_candidate_threads')

  async function membershipsWhere(column: 'thread_id' | 'candidate_id', ids: readonly string[]) {
    const rows: { thread_id: string; candidate_id: string; moved_by: string | null }[] = await members()
      .where(db.among(column, ids))
      .orderBy('thread_id')
    return rows.map(
      ({ thread_id, candidate_id, moved_by }): Membership => ({
        threadId: thread_id,
        candidateId: candidate_id,
        movedBy: moved_by ?? undefined,
      }),
    )
  }

  async function put({ candidate, threads }: CandidateChanges['put'][number]): Promise<void> {
    const now = isoNow(clock)
    await candidates()
      .insert({ ...toRow(candidate), created_at: now, updated_at: now })
      .onConflict('id')
      .merge({ ...toRow(candidate), updated_at: now })
    for (let from = 0; from < threads.length; from += CHUNK)
      await members()
        .insert(
          threads.slice(from, from + CHUNK).map(({ threadId, movedBy }) => ({
            thread_id: threadId,
            candidate_id: candidate.id,
            moved_by: movedBy ?? null,
          })),
        )
        .onConflict('thread_id')
        .merge()
  }

  async function rename(followed: FollowedCandidates, from: string, to: string): Promise<void> {
    for (const each of ['candidate', 'outcome'] as const) {
      const column = NAMES[each]
      await candidates()
        .where(db.among('id', followed[each]))
        .where({ [column]: from })
        .update({ [column]: to, updated_at: isoNow(clock) })
    }
  }

  return {
    /** The number of the last write. */
    async position(): Promise<number> {
      const row = await db.sql('sequences').where(SEQUENCE).first<{ value: number }>('value')
      return Number(row?.value ?? 0)
    },

    /** Makes the transaction in progress the only writer of candidates until it ends. */
    async lock(): Promise<void> {
      await db.sql('sequences').where(SEQUENCE).increment('value', 1)
    },

    /** Stores what was computed, unless candidates were written since `position`. @returns whether it was stored */
    async apply(position: number, changes: CandidateChanges): Promise<boolean> {
      return db.transaction(async () => {
        const taken = await db
          .sql('sequences')
          .where({ ...SEQUENCE, value: position })
          .increment('value', 1)
        if (taken === 0) return false
        for (const each of changes.put) await put(each)
        await members().where(db.among('thread_id', changes.freed)).delete()
        await members().where(db.among('candidate_id', changes.removed)).delete()
        await candidates().where(db.among('id', changes.removed)).delete()
        return true
      })
    },

    async of(ids: readonly string[]): Promise<Candidate[]> {
      return (await candidates().where(db.among('id', ids)).orderBy('id')).map(toCandidate)
    },

    /** Open candidates about this article. */
    async about(articleId: string): Promise<Candidate[]> {
      return (await candidates().where({ article_id: articleId, state: 'open' }).orderBy('id')).map(
        toCandidate,
      )
    },

    membershipsOf: (threadIds: readonly string[]) => membershipsWhere('thread_id', threadIds),
    membersOf: (candidateIds: readonly string[]) => membershipsWhere('candidate_id', candidateIds),

    /** Stores another state of a candidate. Call it after `lock`. */
    async change(candidate: Candidate): Promise<void> {
      await candidates()
        .where({ id: candidate.id })
        .update({ ...toRow(candidate), updated_at: isoNow(clock) })
    },

    /** Puts threads with other candidates. Call it after `lock`. */
    async move(memberships: readonly Membership[]): Promise<void> {
      for (const { threadId, candidateId, movedBy } of memberships)
        await members()
          .where({ thread_id: threadId })
          .update({ candidate_id: candidateId, moved_by: movedBy ?? null })
    },

    /**
     * Has the candidates that are about an article, or that it is the outcome of, name another. Call it after `lock`.
     *
     * @returns their ids
     */
    async follow(from: string, to: string): Promise<FollowedCandidates> {
      const ids = (column: keyof typeof NAMES) =>
        candidates()
          .where({ [NAMES[column]]: from })
          .orderBy('id')
          .pluck('id')
      const followed = { candidate: await ids('candidate'), outcome: await ids('outcome') }
      await rename(followed, from, to)
      return followed
    },

    /** Undoes {@link follow}, where they still name the other article. Call it after `lock`. */
    followBack: (from: string, to: string, followed: FollowedCandidates) => rename(followed, from, to),

    /** Some candidates in the order of their ids. */
    async after(id: string, limit: number): Promise<Candidate[]> {
      return (await candidates().where('id', '>', id).orderBy('id').limit(limit)).map(toCandidate)
    },

    /** Sets scores, and the failed searches that they count. Call it after `lock`. */
    async rank(ranked: readonly Pick<Candidate, 'id' | 'demand' | 'score'>[]): Promise<void> {
      await db.amend(
        RANKS,
        ranked.map(({ id, demand, score }) => [id, demand.failedSearches ?? null, score]),
      )
    },
  }
}
