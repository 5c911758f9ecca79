import { finish, step } from '../../text/ngram-hash.ts'
import type { QueryPool } from './query-strategy.ts'

/** A number in [0, 1) for each row, drawn by its id and the seed, so that the order of rows makes no difference. */
export function drawByChance({ ids, seed }: Pick<QueryPool, 'ids' | 'seed'>): Float64Array {
  const start = finish(seed ^ 0x9e3779b9)
  return Float64Array.from(ids, (id) => {
    let hash = start
    for (let at = 0; at < id.length; at++) hash = step(hash, id.charCodeAt(at))
    return finish(hash) / 4294967296
  })
}
