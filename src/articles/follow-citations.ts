import { bodyHash, type CitationFlag } from './citation.ts'
import type { ArticleDeps } from './deps.ts'
import type { FlagsRaised, RaisedFlag } from './events.ts'
import { excerptOf } from './passages/excerpts.ts'
import type { StoredCitation } from './passages/passage-store.ts'
import { stillStates } from './passages/stated-now.ts'
import { statementsIn } from './passages/statements.ts'
import { createPostReader, type PostReader } from './passages/thread-material.ts'

/** The job that follows citations. Whoever cites a post enqueues it too, for what happens to the post meanwhile. */
export const FOLLOW_CITATIONS = 'articles.follow-citations'

/** Posts checked at once. */
const CHUNK = 200

type FollowDeps = Pick<ArticleDeps, 'db' | 'passages' | 'outbox' | 'threads' | 'threadLabels'>

/** What a citation has to become, now that its post is as it is. */
interface Change {
  readonly citation: StoredCitation
  readonly flag: CitationFlag | undefined
  readonly hash?: string
  readonly excerpt?: readonly string[]
}

/**
 * Flags the passages whose posts no longer say what they rest on, and clears the flag where they do again. An edit
 * elsewhere in a post flags nothing. Idempotent.
 */
export async function followCitations(
  deps: FollowDeps,
  postIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < postIds.length; from += CHUNK) {
    signal?.throwIfAborted()
    const posts = postIds.slice(from, from + CHUNK)
    if ((await changesOf(deps, posts)).length === 0) continue
    await deps.db.transaction(async () => {
      await deps.passages.lock(await deps.passages.aboutPosts(posts))
      const flags: RaisedFlag[] = []
      for (const { citation, ...change } of await changesOf(deps, posts)) {
        const { articleId, passage, postId } = citation
        const { flag } = change
        const flaggedAt = await deps.passages.update(citation, change)
        if (flag === undefined || flaggedAt === undefined) continue
        const { id: passageId, section } = passage
        flags.push({ articleId, passageId, section, postId, flag, flaggedAt })
      }
      if (flags.length === 0) return
      const event: FlagsRaised = { type: 'flags.raised', flags }
      await deps.outbox.append(event)
    })
  }
}

/** The citations about these posts that do not match them. */
async function changesOf(deps: FollowDeps, postIds: readonly string[]): Promise<Change[]> {
  const found = await deps.passages.aboutPosts(postIds)
  const cited = await deps.passages.citedBy(found.map(({ articleId }) => articleId))
  const accepted = await deps.passages.acceptedIn(found.flatMap(({ now }) => now?.threadId ?? []))
  const posts = createPostReader(deps, 'internal')
  const changes: Change[] = []
  for (const citation of found) {
    const news = (accepted.get(citation.now?.threadId ?? '') ?? []).filter(
      (id) => !citation.answers.includes(id) && cited.get(citation.articleId)?.has(id) !== true,
    )
    const change = await changeOf(citation, news, posts)
    if (change !== undefined) changes.push(change)
  }
  return changes
}

/** @param news answers accepted since, which the article does not cite */
async function changeOf(
  citation: StoredCitation,
  news: readonly string[],
  posts: PostReader,
): Promise<Change | undefined> {
  const { now, flag, hash, accepted, excerpt, passage, postId } = citation
  // Of a post that is gone, nothing is kept beside the article's own words.
  if (now === undefined) return flag === 'deleted' ? undefined : { citation, flag: 'deleted', excerpt: [] }
  const isAnswer = now.kind === 'answer' && (passage.section === 'resolution' || passage.section === 'cause')
  const current = bodyHash(now.body)
  const standing: CitationFlag | undefined =
    isAnswer && news.length > 0 ? 'superseded' : accepted && !now.accepted ? 'unaccepted' : undefined
  if (current === hash) {
    if (standing === flag) return undefined
    if (flag !== 'deleted' || passage.text === '') return { citation, flag: standing }
    const post = await posts.read(now.threadId, postId)
    return { citation, flag: standing, excerpt: post && excerptOf(passage, statementsIn(post.pieces)) }
  }
  if (standing !== undefined) return standing === flag ? undefined : { citation, flag: standing }
  const post = excerpt.length === 0 ? undefined : await posts.read(now.threadId, postId)
  if (post !== undefined && stillStates(post, passage.section, excerpt))
    return { citation, flag: undefined, hash: current }
  return flag === 'edited' ? undefined : { citation, flag: 'edited' }
}
