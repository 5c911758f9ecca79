import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Audience } from '../access/index.ts'
import {
  type Finding,
  findInMarkdown,
  findPersonalData,
  type PersonalDataOptions,
} from '../text/personal-data/index.ts'
import type { ThreadStore } from './thread-store.ts'

interface ThreadFindings {
  readonly title: readonly Finding[]
  /** Posts in which something was found; places are in the Markdown of their body. */
  readonly posts: readonly { readonly id: string; readonly findings: readonly Finding[] }[]
}

/** So many posts are searched before others have their turn: a thread may have thousands. */
const POSTS_A_TURN = 8

/**
 * Where a thread holds personal data, for whoever makes it public; what is found is not repeated.
 *
 * @throws CodedError THREAD_NOT_FOUND
 */
export async function findInThread(
  threads: ThreadStore,
  id: string,
  reader: Audience,
  options: PersonalDataOptions,
): Promise<ThreadFindings> {
  const { title } = await threads.require(id, reader)
  const posts = await threads.postsOf(id, reader)
  const found: { readonly id: string; readonly findings: readonly Finding[] }[] = []
  for (const [at, post] of posts.entries()) {
    if (at % POSTS_A_TURN === POSTS_A_TURN - 1) await nextTurn()
    const findings = findInMarkdown(post.body, options)
    if (findings.length > 0) found.push({ id: post.id, findings })
  }
  return { title: findPersonalData(title, options), posts: found }
}
