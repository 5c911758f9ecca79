import type { Audience } from '../../access/audience.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import { type Example, readExamples } from '../examples.ts'
import type { Topic } from './topic.ts'
import type { TopicStore } from './topic-store.ts'

/** A topic as a reader sees it. */
export interface PresentedTopic extends Omit<Topic, 'facetId' | 'words' | 'figures'> {
  /** Its most telling words, to begin a label's name with. */
  readonly proposedName: string
  readonly words: readonly string[]
  /** Posts that the reader may see, ever since it was first seen. */
  readonly postCount: number
  readonly posts: readonly Example[]
  /** How it stood out when it was last seen; absent where the reader may not see all of its posts. */
  readonly figures?: Topic['figures']
}

const NAME_WORDS = 3

/** Shows topics with so many of the posts that the reader may see; words of which they see none are not told. */
export async function presentTopics(
  deps: { readonly threads: Pick<ThreadStore, 'facts'>; readonly topics: TopicStore },
  topics: readonly Topic[],
  { reader, posts: most }: { readonly reader: Audience; readonly posts: number },
): Promise<PresentedTopic[]> {
  const ids = new Map<string, { visible: string[]; all: number }>()
  for (const { id } of topics) {
    const visible = await deps.topics.postsOf(id, reader)
    const all = reader === 'internal' ? visible.length : (await deps.topics.postsOf(id, 'internal')).length
    ids.set(id, { visible, all })
  }
  const wanted = topics.flatMap(({ id, words }) => [
    ...ids.get(id)!.visible.slice(0, most),
    ...words.flatMap(({ examples }) => [...examples]),
  ])
  const examples = await readExamples(deps, wanted, reader)
  return topics.map(({ facetId: _, words, figures, ...topic }) => {
    const { visible, all } = ids.get(topic.id)!
    const shown = words.filter((word) => examples(word.examples).length > 0).map(({ word }) => word)
    return {
      ...topic,
      proposedName: shown.slice(0, NAME_WORDS).join(' '),
      words: shown,
      postCount: visible.length,
      posts: examples(visible.slice(0, most)),
      ...(visible.length === all && { figures }),
    }
  })
}
