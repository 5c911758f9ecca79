import type { Audience } from '../../access/audience.ts'
import type { Sentences } from '../../text/wording.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import { type Example, readExamples } from '../examples.ts'
import { describeTopic } from './describe-topic.ts'
import type { Topic } from './topic.ts'
import type { TopicStore } from './topic-store.ts'

/** A topic as a reader sees it. */
export interface PresentedTopic extends Omit<Topic, 'facetId' | 'words' | 'figures'> {
  /** Its most distinctive words, as a first name for a label. */
  readonly proposedName: string
  readonly words: readonly string[]
  /** Posts that the reader may see, since it was first seen. */
  readonly postCount: number
  readonly posts: readonly Example[]
  /** Figures of when it was last seen; absent where the reader may not see all of its posts. */
  readonly figures?: Topic['figures']
  readonly summary: Sentences
}

const NAME_WORDS = 3

/** Presents topics to a reader, with up to `posts` posts that they may see and the words that these readable posts have. */
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
    const presented = {
      ...topic,
      proposedName: shown.slice(0, NAME_WORDS).join(' '),
      words: shown,
      postCount: visible.length,
      posts: examples(visible.slice(0, most)),
      figures: visible.length === all ? figures : undefined,
    }
    return { ...presented, summary: describeTopic(presented) }
  })
}
