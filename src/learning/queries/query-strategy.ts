import type { SparseRows } from '../vectorizer.ts'
import type { Beliefs } from './beliefs.ts'

/** Rows that could be asked about: none of them is labelled. What is chosen does not depend on their order. */
export interface QueryPool {
  /** Of each row, distinct; equals and chance are decided by them. */
  readonly ids: readonly string[]
  /** What the model thinks of each row; absent while there is none. */
  readonly beliefs?: Beliefs | undefined
  /** Examples of each label so far, by class: as many numbers as there are labels. */
  readonly labelled: ArrayLike<number>
  readonly seed: number
}

/** A shortlist with its texts read. All rows are of one vocabulary. */
export interface Candidates {
  /** Positions in the pool, as the shortlist has them. */
  readonly rows: Int32Array
  /** The text of each. */
  readonly texts: SparseRows
  /** The name and description of each label, by class; empty where it has no words. */
  readonly names: SparseRows
  /** Texts that were asked about or labelled already and that new ones shall differ from. */
  readonly asked: SparseRows
}

/**
 * What to ask people about next. In two steps, since looking at all texts of a large pool takes too long: a shortlist
 * by what is known of each row, then a choice among the texts of those. Both are functions of their arguments.
 */
export interface QueryStrategy {
  /** Positions in the pool worth a closer look, the best first, distinct: at most `limit`, all where there are no more. */
  shortlist(pool: QueryPool, limit: number): Int32Array
  /** Positions in the pool, in the order in which to ask, distinct: at most `count` of the candidates. */
  choose(pool: QueryPool, candidates: Candidates, count: number): Int32Array
}
