import type { Database, Outbox } from '../platform/index.ts'
import type { Batch, BatchOutcome, Outcome } from './batch.ts'
import { padded } from './bulk-rows.ts'
import type { PostsChanged, ThreadsImported } from './events.ts'
import type { ImportRun, ImportStore } from './import-store.ts'
import type { ImportProgress } from './import-summary.ts'
import type { PreparedBatch } from './prepare-batch.ts'
import { readKnown } from './read-known.ts'
import { settleThreads } from './settle-threads.ts'
import type { TextWork } from './text-work.ts'
import type { ToldPlaces } from './told-places.ts'
import { writeAcceptances } from './write-acceptances.ts'
import { writeLinks, writeMembers, writeVotes } from './write-members.ts'
import { writePosts } from './write-posts.ts'

export interface CommitDeps {
  readonly db: Database
  readonly outbox: Outbox
  readonly imports: ImportStore
  readonly places?: ToldPlaces
}

/** What a batch wrote, before its transaction ends. */
export type Written = Omit<BatchOutcome, 'isCancelled' | 'tookMs'>

/**
 * Writes a batch in one transaction. Imports of one source take turns, batch by batch, by a lock that the transaction
 * holds; all it decides on is read under that lock, so two at once do each other no harm and a killed one leaves
 * nothing behind that could block the next.
 *
 * @param progressAfter how far the import is once this is committed; noted with it. May be called again
 */
export async function commitBatch(
  deps: CommitDeps,
  run: ImportRun,
  { batch, texts }: PreparedBatch,
  progressAfter: (written: Written) => ImportProgress,
): Promise<BatchOutcome> {
  const work = await texts
  let begun = performance.now()
  const outcome = await deps.db.transaction(async () => {
    await deps.imports.takeTurn(run)
    begun = performance.now()
    const written = await write(deps, run, batch, work)
    return { ...written, isCancelled: await deps.imports.advance(run, progressAfter(written)) }
  })
  return { ...outcome, tookMs: performance.now() - begun }
}

async function write(deps: CommitDeps, run: ImportRun, batch: Batch, work: TextWork): Promise<Written> {
  const { db, imports, places } = deps
  const { sourceId } = run
  const known = await readKnown(db, batch)
  const threads = new Map<string, Outcome>()
  for (const { id, hash } of batch.threads) {
    const before = known.threads.get(id)
    threads.set(id, before === undefined ? 'new' : before === hash ? 'unchanged' : 'changed')
  }
  const posts = await writePosts(db, sourceId, batch.posts, known.posts, work)
  const acceptances = await writeAcceptances(db, batch.acceptances)
  const settled = await settleThreads(
    db,
    {
      sourceId,
      frames: batch.threads.filter(({ id }) => threads.get(id) !== 'unchanged'),
      touched: [...posts.touched, ...acceptances.keys()],
      questions: new Map(
        posts.changed
          .filter(({ record }) => record.kind === 'question')
          .map(({ id, record }) => [id, work.markdown(record)]),
      ),
    },
    work,
  )
  await writeMembers(db, sourceId, batch)
  await writeVotes(db, batch)
  await writeLinks(db, batch)
  await imports.reject(run.id, batch.rejections, places)

  const acceptanceChanged = [...acceptances.keys()].filter(
    (id) => settled.has(id) && threads.get(id) !== 'new',
  )
  await tellOthers(
    deps.outbox,
    run,
    [...settled.keys()],
    [...posts.changed.map(({ id }) => id), ...acceptanceChanged.flatMap((id) => acceptances.get(id) ?? [])],
  )
  const questioned = await questionedThreads(db, batch, settled)
  return { threads, posts: posts.outcomes, acceptanceChanged, questioned }
}

/** Threads of the batch's answers that are in the database with their question, and those just settled so. */
async function questionedThreads(
  db: Database,
  { posts }: Batch,
  settled: ReadonlyMap<string, boolean>,
): Promise<string[]> {
  const questioned = [...settled].filter(([, isQuestioned]) => isQuestioned).map(([id]) => id)
  const others = new Set(
    posts.flatMap(({ threadId, record }) =>
      record.kind === 'answer' && threadId !== undefined && !settled.has(threadId) ? [threadId] : [],
    ),
  )
  if (others.size === 0) return questioned
  const found: string[] = await db
    .sql('threads')
    .whereIn('id', padded([...others]))
    .whereNotNull('question_id')
    .pluck('id')
  return [...questioned, ...found]
}

async function tellOthers(
  outbox: Outbox,
  { id: importId, sourceId }: ImportRun,
  threadIds: readonly string[],
  postIds: readonly string[],
): Promise<void> {
  const imported: ThreadsImported = { type: 'threads.imported', sourceId, importId, threadIds }
  const changed: PostsChanged = { type: 'posts.changed', postIds: [...new Set(postIds)] }
  if (threadIds.length > 0) await outbox.append(imported)
  if (changed.postIds.length > 0) await outbox.append(changed)
}
