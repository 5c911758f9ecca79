import { AUDIENCES } from '../../access/audience.ts'
import type { DriftFigures } from '../../learning/drift/measure-drift.ts'
import type { ScopeFigures } from './drift-report.ts'
import type { ReadThread } from './read-posts.ts'

const EXAMPLES = 5
const MOST_WORDS = 20
const MOST_LABELS = 50

/** Adds example threads to figures, by id: what is shown of them depends on the reader. */
export function withExamples(
  figures: DriftFigures,
  posts: readonly ReadThread[],
  formOf: (term: string) => string,
): ScopeFigures {
  const { vocabulary, labels, confidence, coverage } = figures
  const risen = vocabulary.risen.slice(0, MOST_WORDS)
  const having = postsByTerm(posts, new Set(risen.map(({ term }) => term)))
  const byUnknown = [...posts].sort((a, b) => unknownShare(b) - unknownShare(a))
  const byConfidence = [...posts].sort((a, b) => a.confidence - b.confidence)
  return {
    posts: figures.posts,
    referencePosts: figures.referencePosts,
    vocabulary: {
      ...vocabulary,
      risen: risen.map((each) => ({
        ...each,
        word: formOf(each.term),
        examples: widestFirst(having.get(each.term) ?? []),
      })),
      examples: ids(byUnknown.filter((post) => post.unknownWords > 0)),
    },
    labels: {
      ...labels,
      shifts: labels.shifts.slice(0, MOST_LABELS).map((shift) => ({
        ...shift,
        examples:
          shift.now.share > shift.before.share ? ids(posts.filter(({ label }) => label === shift.label)) : [],
      })),
    },
    confidence: { ...confidence, examples: ids(byConfidence) },
    coverage,
  }
}

/** The posts that have each of these terms. */
export function postsByTerm(
  posts: readonly ReadThread[],
  wanted: ReadonlySet<string>,
): Map<string, ReadThread[]> {
  const found = new Map<string, ReadThread[]>([...wanted].map((term) => [term, []]))
  for (const post of posts) for (const term of post.terms) found.get(term)?.push(post)
  return found
}

/** Examples that most readers may see: a reader sees a word if they may see one of its examples. */
export function widestFirst(posts: readonly ReadThread[]): string[] {
  return ids([...posts].sort((a, b) => AUDIENCES.indexOf(b.audience) - AUDIENCES.indexOf(a.audience)))
}

function ids(posts: readonly ReadThread[]): string[] {
  return posts.slice(0, EXAMPLES).map(({ id }) => id)
}

function unknownShare({ words, unknownWords }: ReadThread): number {
  return words === 0 ? 0 : unknownWords / words
}
