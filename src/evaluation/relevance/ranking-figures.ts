/** Where the documents that answer a query came, counted from 1, and how long the answer took. */
export interface RankedAnswer {
  /** Ascending; without those that were not found. */
  readonly ranks: readonly number[]
  /** How many documents answer the query; 0 where none does. */
  readonly relevant: number
  /** Whether the search said that something fits. */
  readonly fits: boolean
  readonly milliseconds: number
}

/** Means over the queries that have an answer, each in [0, 1]; `null` where there are none of them. */
export interface RankingFigures {
  /** Mean reciprocal rank of the first document that answers. */
  readonly mrr: number | null
  /** Share of queries with an answer among the first one, three, five, ten. */
  readonly top1: number | null
  readonly top3: number | null
  readonly top5: number | null
  readonly top10: number | null
  /** Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002), documents answering or not. */
  readonly ndcg10: number | null
  /** Mean average precision. */
  readonly map: number | null
  readonly p50_ms: number
  readonly p99_ms: number
  /** Share of the queries with an answer of which the search said that nothing fits. */
  readonly refused: number | null
  /** The same of queries without an answer. */
  readonly refused_unanswerable: number | null
}

/** @param answers of one query at least */
export function rankingFigures(answers: readonly RankedAnswer[]): RankingFigures {
  const answerable = answers.filter(({ relevant }) => relevant > 0)
  const others = answers.filter(({ relevant }) => relevant === 0)
  const within = (most: number) => mean(answerable, ({ ranks }) => Number((ranks[0] ?? Infinity) <= most))
  const times = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const quantile = (share: number) =>
    round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0, 3)
  const refused = ({ fits }: RankedAnswer) => Number(!fits)
  return {
    mrr: mean(answerable, ({ ranks: [first] }) => (first === undefined ? 0 : 1 / first)),
    top1: within(1),
    top3: within(3),
    top5: within(5),
    top10: within(10),
    ndcg10: mean(answerable, ndcg10),
    map: mean(answerable, averagePrecision),
    p50_ms: quantile(0.5),
    p99_ms: quantile(0.99),
    refused: mean(answerable, refused),
    refused_unanswerable: mean(others, refused),
  }
}

function ndcg10({ ranks, relevant }: RankedAnswer): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 1)
  const found = ranks.filter((rank) => rank <= 10).reduce((sum, rank) => sum + gain(rank), 0)
  let best = 0
  for (let rank = 1; rank <= Math.min(10, relevant); rank++) best += gain(rank)
  return found / best
}

function averagePrecision({ ranks, relevant }: RankedAnswer): number {
  return ranks.reduce((sum, rank, at) => sum + (at + 1) / rank, 0) / relevant
}

function mean<T>(items: readonly T[], of: (item: T) => number): number | null {
  if (items.length === 0) return null
  return round(items.reduce((sum, item) => sum + of(item), 0) / items.length, 4)
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
