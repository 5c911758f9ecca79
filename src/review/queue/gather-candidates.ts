import type { QueryStrategyName } from '../../learning/queries/strategies.ts'
import type { Candidate, CandidateStore, LabelIssueOrder } from './candidate-store.ts'
import type { QueueReader } from './queue-conditions.ts'

/** Threads among which a strategy chooses. */
export interface Pool {
  readonly candidates: readonly Candidate[]
  /** Whether a batch of it shall have all sources and languages. */
  readonly spread: boolean
}

interface CandidatesWanted extends QueueReader {
  readonly strategy: QueryStrategyName
  readonly labels: readonly { readonly name: string }[]
}

/** Threads that a strategy is shown, of all there are. */
const POOL = 2_000
/** Those of them whose texts are compared. */
export const SHORTLIST = 1_000
/** Labels with the fewest examples, of which the least sure are shown besides. */
const NEEDY_LABELS = 100
const FEWEST_OF_EACH = 10

/** What the least sure are told by, for strategies that go by what the model thinks. */
const DOUBT: Partial<Record<QueryStrategyName, LabelIssueOrder>> = {
  default: 'margin',
  margin: 'margin',
  entropy: 'entropy',
  'least-confidence': 'confidence',
}

/**
 * What a strategy chooses among, pool by pool; the next is read when the one before was not enough. A pool is a
 * small part of all threads, so it is gathered by what the strategy goes by.
 */
export async function* gatherCandidates(
  store: CandidateStore,
  { strategy, labels, ...reader }: CandidatesWanted,
  examples: ReadonlyMap<string, number>,
): AsyncGenerator<Pool> {
  const query = { ...reader, limit: POOL }
  const uncertainty = DOUBT[strategy]
  if (uncertainty !== undefined) {
    const ofModel =
      strategy === 'default'
        ? balanced(store, { ...query, limit: POOL / 2 }, neediest(labels, examples))
        : store.leastSure(query, uncertainty)
    yield { candidates: await ofModel, spread: false }
  }
  const known = uncertainty === undefined
  const spread = strategy === 'default' || strategy === 'diversity'
  // No more than are compared, or chance would take away the few of a small source.
  const others = spread
    ? store.spread({ ...query, limit: SHORTLIST }, { known })
    : store.drawn(query, { known })
  yield { candidates: await others, spread }
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
