import type { Label } from '../../labels/facet.ts'
import type { ClassProbabilities } from '../../learning/queries/query-strategy.ts'
import { type QueryStrategyName, requireQueryStrategy } from '../../learning/queries/strategies.ts'
import type { ReviewDeps } from '../deps.ts'
import { SEED } from './batch-worker.ts'
import type { Candidate } from './candidate-store.ts'
import { gatherCandidates, type Pool, SHORTLIST } from './gather-candidates.ts'
import type { QueueReader } from './queue-conditions.ts'
import { type Chosen, rareAmong, type Why, whyUnsure } from './why.ts'

interface BatchRequest extends QueueReader {
  readonly strategy: QueryStrategyName
  readonly count: number
  readonly labels: readonly Pick<Label, 'name' | 'description'>[]
  /** Threads asked about lately, from which the new ones shall differ. */
  readonly asked: readonly string[]
}

/** Labels told of each candidate; what is left of the probability says little. */
const RANKS = 5

/**
 * Chooses threads by a strategy: first among those that the model has predicted, for a strategy that goes by that, then
 * among those of which nothing is known, if that is not enough.
 */
export async function chooseBatch(deps: ReviewDeps, request: BatchRequest): Promise<Chosen[]> {
  const { strategy, count } = request
  if (count <= 0) return []
  const examples = await deps.candidates.examples(request)
  const rare = rareAmong(new Map(request.labels.map(({ name }) => [name, examples.get(name) ?? 0])))
  const chosen: Chosen[] = []
  for await (const pool of gatherCandidates(deps.candidates, request, examples)) {
    const { asked } = request
    const found = await chooseAmong(deps, pool, examples, {
      ...request,
      count: count - chosen.length,
      asked: [...chosen.map(({ threadId }) => threadId), ...asked],
    })
    chosen.push(...found.map((each) => ({ threadId: each.threadId, why: whyOf(strategy, each, rare) })))
    if (chosen.length >= count) break
  }
  return chosen
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
    ...classProbabilitiesOf(pool, named),
  }
  const worthwhile = requireQueryStrategy(strategy).shortlist(all, SHORTLIST)
  const shortlist = Array.from(worthwhile, (row) => pool[row]!)
  const ids = shortlist.map(({ threadId }) => threadId)
  const texts = await candidates.texts([...ids, ...asked])
  const there = shortlist.filter(({ threadId }) => texts.has(threadId))
  const places = await batches.choose({
    strategy,
    count,
    labels: named,
    labelled,
    ids: there.map(({ threadId }) => threadId),
    texts: there.map(({ threadId }) => texts.get(threadId)!),
    asked: asked.flatMap((id) => texts.get(id) ?? []),
    spread,
    ...classProbabilitiesOf(there, named),
  })
  return places.map((place) => there[place]!)
}

type NamedLabel = BatchRequest['labels'][number]

/** A model may know labels that the facet has no room to show. */
function withPredicted(labels: readonly NamedLabel[], pool: readonly Candidate[]): NamedLabel[] {
  const known = new Set(labels.map(({ name }) => name))
  const others = new Set(pool.flatMap(({ alternatives }) => alternatives.map(({ label }) => label)))
  return [
    ...labels,
    ...[...others].filter((name) => !known.has(name)).map((name) => ({ name, description: '' })),
  ]
}

function classProbabilitiesOf(
  pool: readonly Candidate[],
  labels: readonly NamedLabel[],
): { readonly classProbabilities?: ClassProbabilities } {
  if (pool.some(({ alternatives }) => alternatives.length === 0)) return {}
  const classes = new Map(labels.map(({ name }, at) => [name, at]))
  const ranks = Math.min(RANKS, labels.length)
  const ranked = new Int32Array(pool.length * ranks)
  const probabilities = new Float64Array(pool.length * ranks)
  for (const [row, { alternatives }] of pool.entries())
    for (const [rank, { label, confidence }] of alternatives.slice(0, ranks).entries()) {
      ranked[row * ranks + rank] = classes.get(label)!
      probabilities[row * ranks + rank] = confidence
    }
  return { classProbabilities: { ranks, classes: labels.length, ranked, probabilities } }
}

function whyOf(strategy: QueryStrategyName, candidate: Candidate, rare: (label: string) => boolean): Why {
  if (strategy === 'random') return 'random'
  if (strategy === 'diversity') return 'spread'
  if (candidate.alternatives.length === 0) return strategy === 'default' ? 'spread' : 'random'
  return whyUnsure(candidate, { rare: (label) => strategy === 'default' && rare(label) })
}
