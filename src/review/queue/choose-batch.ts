import type { Label } from '../../labels/facet.ts'
import type { ClassProbabilities } from '../../learning/queries/query-strategy.ts'
import { type QueryStrategyName, requireQueryStrategy } from '../../learning/queries/strategies.ts'
import { createIdleWorker, workerFile } from '../../platform/workers.ts'
import type { ReviewDeps } from '../deps.ts'
import { type BatchTask, SEED } from './batch-worker.ts'
import type { Candidate, CandidateStore, UncertaintyOrder } from './candidate-store.ts'
import type { QueueReader } from './queue-conditions.ts'
import { type Chosen, rareAmong, type Why, whyUnsure } from './why.ts'

interface BatchRequest extends QueueReader {
  readonly strategy: QueryStrategyName
  readonly count: number
  readonly labels: readonly Pick<Label, 'name' | 'description'>[]
  /** Recently asked threads, from which the new ones should differ. */
  readonly asked: readonly string[]
}

/**
 * Chooses threads by a strategy. A strategy that uses predictions first chooses among predicted threads; if these are
 * not enough, it chooses among the others.
 */
export async function chooseBatch(deps: ReviewDeps, request: BatchRequest): Promise<Chosen[]> {
  const { strategy, count } = request
  if (count <= 0) return []
  const examples = await deps.candidates.examples(request)
  const rare = rareAmong(new Map(request.labels.map(({ name }) => [name, examples.get(name) ?? 0])))
  const doubtful = await doubtfulImports(deps.candidates, request)
  const wanted = count - Math.min(doubtful.length, Math.ceil(count * MOST_DOUBTFUL))
  const chosen: Chosen[] = []
  for await (const pool of readPools(deps.candidates, request, examples)) {
    if (chosen.length >= wanted) break
    const { asked } = request
    const found = await chooseAmong(deps, pool, examples, {
      ...request,
      count: wanted - chosen.length,
      asked: [...chosen.map(({ threadId }) => threadId), ...asked],
    })
    chosen.push(...found.map((each) => ({ threadId: each.threadId, why: whyOf(strategy, each, rare) })))
  }
  return [...chosen, ...doubtful.slice(0, count - chosen.length)]
}

/** Imported labels in doubt, for the strategies that ask about what the model is unsure of. */
async function doubtfulImports(
  store: CandidateStore,
  { strategy, count, labels: _, asked: __, ...reader }: BatchRequest,
): Promise<Chosen[]> {
  if (UNCERTAINTY[strategy] === undefined) return []
  const found = await store.doubtfulImports({ ...reader, limit: count })
  return found.map(({ threadId }) => ({ threadId, why: 'doubtful-import' }))
}

/** Threads among which a strategy chooses. */
interface Pool {
  readonly candidates: readonly Candidate[]
  /** Whether a batch should hold every source and language. */
  readonly spread: boolean
}

/** Share of a batch for imported labels in doubt, while there are threads without a label. */
const MOST_DOUBTFUL = 1 / 3
/** Most threads in a pool, out of all threads. */
const POOL = 2_000
/** Most threads of a pool whose texts are compared. */
const SHORTLIST = 1_000
/** Most labels, those with the fewest examples, whose least sure predictions are added to a pool. */
const NEEDY_LABELS = 100
const FEWEST_OF_EACH = 10

/** The measure of uncertainty of each strategy that uses predictions. */
const UNCERTAINTY: Partial<Record<QueryStrategyName, UncertaintyOrder>> = {
  default: 'margin',
  margin: 'margin',
  entropy: 'entropy',
  'least-confidence': 'confidence',
}

/**
 * The pools that a strategy chooses from, each read only when the one before was not enough. A pool is a small part of
 * all threads, so each strategy has a pool that suits it.
 */
async function* readPools(
  store: CandidateStore,
  { strategy, labels, ...reader }: BatchRequest,
  examples: ReadonlyMap<string, number>,
): AsyncGenerator<Pool> {
  const query = { ...reader, limit: POOL }
  const uncertainty = UNCERTAINTY[strategy]
  if (uncertainty !== undefined) {
    const predicted =
      strategy === 'default'
        ? balanced(store, { ...query, limit: POOL / 2 }, neediest(labels, examples))
        : store.leastSure(query, uncertainty)
    yield { candidates: await predicted, spread: false }
  }
  const known = uncertainty === undefined
  const spread = strategy === 'default' || strategy === 'diversity'
  // No more than are compared: a larger pool would be cut at random, which could drop a small source.
  const others = spread
    ? store.spread({ ...query, limit: SHORTLIST }, { known })
    : store.drawn(query, { known })
  yield { candidates: await others, spread }
}

/** The least sure of all, and those of each label that needs examples, which may be far from the least sure of all. */
async function balanced(
  store: CandidateStore,
  query: Parameters<CandidateStore['leastSure']>[0],
  labels: readonly string[],
): Promise<Candidate[]> {
  const ofEach = Math.max(FEWEST_OF_EACH, Math.ceil(query.limit / Math.max(1, labels.length)))
  const ofAll = await store.leastSure(query, 'margin')
  // Fewer than the limit: these are all predicted threads.
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

async function chooseAmong(
  { candidates, batches }: Pick<ReviewDeps, 'candidates' | 'batches'>,
  { candidates: pool, spread }: Pool,
  examples: ReadonlyMap<string, number>,
  { strategy, count, labels, asked }: BatchRequest,
): Promise<Candidate[]> {
  if (pool.length === 0) return []
  const named = withPredicted(labels, pool)
  const labelled = named.map(({ name }) => examples.get(name) ?? 0)
  const all = {
    ids: pool.map(({ threadId }) => threadId),
    labelled,
    seed: SEED,
    classProbabilities: classProbabilitiesOf(pool, named),
  }
  const worthwhile = requireQueryStrategy(strategy).shortlist(all, SHORTLIST)
  const shortlist = Array.from(worthwhile, (row) => pool[row]!)
  const ids = shortlist.map(({ threadId }) => threadId)
  const texts = await candidates.texts([...ids, ...asked])
  const present = shortlist.filter(({ threadId }) => texts.has(threadId))
  const positions = await batches.choose({
    strategy,
    count,
    labels: named,
    labelled,
    ids: present.map(({ threadId }) => threadId),
    texts: present.map(({ threadId }) => texts.get(threadId)!),
    asked: asked.flatMap((id) => texts.get(id) ?? []),
    spread,
    classProbabilities: classProbabilitiesOf(present, named),
  })
  return positions.map((position) => present[position]!)
}

type NamedLabel = BatchRequest['labels'][number]

/** Adds labels that the model predicts but that are beyond the page of labels read from the facet. */
function withPredicted(labels: readonly NamedLabel[], pool: readonly Candidate[]): NamedLabel[] {
  const known = new Set(labels.map(({ name }) => name))
  const others = new Set(pool.flatMap(({ alternatives }) => alternatives.map(({ label }) => label)))
  return [
    ...labels,
    ...[...others].filter((name) => !known.has(name)).map((name) => ({ name, description: '' })),
  ]
}

/** Labels of each candidate that strategies receive; the rest of the probability adds little. */
const RANKS = 5

/** Undefined where any candidate has no prediction. */
function classProbabilitiesOf(
  pool: readonly Candidate[],
  labels: readonly NamedLabel[],
): ClassProbabilities | undefined {
  if (pool.some(({ alternatives }) => alternatives.length === 0)) return undefined
  const classes = new Map(labels.map(({ name }, at) => [name, at]))
  const ranks = Math.min(RANKS, labels.length)
  const ranked = new Int32Array(pool.length * ranks)
  const probabilities = new Float64Array(pool.length * ranks)
  for (const [row, { alternatives }] of pool.entries())
    for (const [rank, { label, confidence }] of alternatives.slice(0, ranks).entries()) {
      ranked[row * ranks + rank] = classes.get(label)!
      probabilities[row * ranks + rank] = confidence
    }
  return { ranks, classes: labels.length, ranked, probabilities }
}

function whyOf(strategy: QueryStrategyName, candidate: Candidate, rare: (label: string) => boolean): Why {
  if (strategy === 'random') return 'random'
  if (strategy === 'diversity') return 'spread'
  if (candidate.alternatives.length === 0) return strategy === 'default' ? 'spread' : 'random'
  return whyUnsure(candidate, { rare: (label) => strategy === 'default' && rare(label) })
}

/** Runs `batch-worker.ts` in a worker thread, which compares thousands of texts. */
export interface BatchChooser {
  /** @returns positions in the shortlist, in the order in which to ask */
  choose(task: BatchTask): Promise<number[]>
  close(): Promise<void>
}

/** Agents come in bursts: an idle worker costs some memory, starting one a fifth of a second. */
const IDLE_MS = 60_000
const MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 }

/** A chooser whose worker starts with the first choice and ends when it is idle. */
export function createBatchChooser(): BatchChooser {
  const file = workerFile(import.meta.url, './batch-worker')
  const { run, close } = createIdleWorker<BatchTask, number[]>(file, { idleMs: IDLE_MS, memory: MEMORY })
  return { choose: run, close }
}
