import type { QueryStrategyName } from '../learning/index.ts'
import type { Candidate, CandidateStore, DoubtOrder } from './candidate-store.ts'
import type { QueueReader } from './queue-conditions.ts'

export interface CandidatesWanted extends QueueReader {
  readonly strategy: QueryStrategyName
  readonly labels: readonly { readonly name: string }[]
}

/** Threads that a strategy is shown, of all there are. */
const POOL = 2_000
/** Labels with the fewest examples, of which the least sure are shown besides. */
const NEEDY_LABELS = 100
const FEWEST_OF_EACH = 10

/** What the least sure are told by, for strategies that go by what the model thinks. */
const DOUBT: Partial<Record<QueryStrategyName, DoubtOrder>> = {
  default: 'margin',
  margin: 'margin',
  entropy: 'entropy',
  'least-confidence': 'confidence',
}

/**
 * What a strategy chooses among, pool by pool; the next is read when the one before was not enough. A pool is a
 * thousandth of what a strategy could want to see, so it is gathered by the strategy's own order.
 */
export async function* gatherCandidates(
  store: CandidateStore,
  { strategy, labels, ...reader }: CandidatesWanted,
  examples: ReadonlyMap<string, number>,
): AsyncGenerator<readonly Candidate[]> {
  const query = { ...reader, limit: POOL }
  const doubt = DOUBT[strategy]
  if (strategy === 'default') yield balanced(store, { ...query, limit: POOL / 2 }, neediest(labels, examples))
  else if (doubt !== undefined) yield store.leastSure(query, doubt)

  if (strategy === 'default') yield store.spread(query, { known: false })
  else if (strategy === 'diversity') yield store.spread(query, { known: true })
  else if (doubt === undefined) yield store.drawn(query, { known: true })
  else yield store.drawn(query, { known: false })
}

/** The least sure of all, and of each label that needs examples: these may be far from the least sure of all. */
async function balanced(
  store: CandidateStore,
  query: Parameters<CandidateStore['leastSure']>[0],
  labels: readonly string[],
): Promise<Candidate[]> {
  const ofEach = Math.max(FEWEST_OF_EACH, Math.ceil(query.limit / Math.max(1, labels.length)))
  const ofAll = await store.leastSure(query, 'margin')
  // Fewer than asked for: there are no others.
  if (ofAll.length < query.limit) return ofAll
  const ofLabels = await store.leastSureOfEach({ ...query, limit: ofEach }, labels)
  return [...new Map([...ofAll, ...ofLabels].map((each) => [each.threadId, each])).values()]
}

function neediest(
  labels: readonly { readonly name: string }[],
  examples: ReadonlyMap<string, number>,
): string[] {
  const count = (name: string) => examples.get(name) ?? 0
  return labels
    .map(({ name }) => name)
    .sort((a, b) => count(a) - count(b) || (a < b ? -1 : 1))
    .slice(0, NEEDY_LABELS)
}
