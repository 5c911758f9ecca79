import { AUDIENCES } from '../../access/index.ts'
import type { DriftFigures } from '../../learning/index.ts'
import type { ScopeFigures } from './drift-report.ts'
import type { ReadThread } from './read-posts.ts'

const EXAMPLES = 5
const MOST_WORDS = 20
const MOST_LABELS = 50

/** Adds threads that show what was measured: ids only, for what of them is shown depends on the reader. */
export function withExamples(
  figures: DriftFigures,
  posts: readonly ReadThread[],
  formOf: (term: string) => string,
): ScopeFigures {
  const { vocabulary, labels, confidence, coverage } = figures
  const byUnknown = [...posts].sort((a, b) => unknownShare(b) - unknownShare(a))
  const byConfidence = [...posts].sort((a, b) => a.confidence - b.confidence)
  return {
    posts: figures.posts,
    referencePosts: figures.referencePosts,
    vocabulary: {
      ...vocabulary,
      risen: vocabulary.risen.slice(0, MOST_WORDS).map((risen) => ({
        ...risen,
        word: formOf(risen.term),
        examples: examplesOfTerm(posts, risen.term),
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

/** Threads that have a term, those that most people may see first: a word is shown to who may see one of them. */
export function examplesOfTerm(posts: readonly ReadThread[], term: string): string[] {
  const having = posts.filter(({ terms }) => terms.includes(term))
  return ids(having.sort((a, b) => AUDIENCES.indexOf(b.audience) - AUDIENCES.indexOf(a.audience)))
}

function ids(posts: readonly ReadThread[]): string[] {
  return posts.slice(0, EXAMPLES).map(({ id }) => id)
}

function unknownShare({ words, unknownWords }: ReadThread): number {
  return words === 0 ? 0 : unknownWords / words
}
