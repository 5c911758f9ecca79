import type { Audience } from '../access/index.ts'
import {
  type Finding,
  findInMarkdown,
  findPersonalData,
  type PersonalDataOptions,
} from '../text/personal-data/index.ts'
import type { ThreadStore } from './thread-store.ts'

export interface ThreadFindings {
  readonly title: readonly Finding[]
  /** Posts in which something was found; places are in the Markdown of their body. */
  readonly posts: readonly { readonly id: string; readonly findings: readonly Finding[] }[]
}

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
  return {
    title: findPersonalData(title, options),
    posts: posts.flatMap((post) => {
      const findings = findInMarkdown(post.body, options)
      return findings.length === 0 ? [] : [{ id: post.id, findings }]
    }),
  }
}
