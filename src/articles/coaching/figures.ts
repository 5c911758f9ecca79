import type { Actor } from '../../access/actor.ts'
import { estimateShare, type ShareEstimate } from '../../learning/statistics/proportions.ts'
import { describeCategories } from '../rights/categories.ts'
import type { Named } from '../rights/governance.ts'
import { type Judgement, lastMonths, seesAllCoaching } from './coaching.ts'
import { countLinks, type LinkCounts } from './link-rate.ts'
import type { CoachingDeps } from './sample.ts'

/** The mean share of points met in the articles of one month's sample, and of how many. */
export interface MonthlyMean {
  readonly month: string
  readonly articles: number
  readonly mean: number
}

export interface LinkAccuracy extends Readonly<Record<Judgement, number>> {
  readonly month: string
  /** Of the links judged right or wrong; absent where there are none. */
  readonly accuracy?: ShareEstimate
}

export interface CoachingFigures {
  /** The months that are shown. */
  readonly months: readonly string[]
  /** By name: coaching is no ranking. */
  readonly people: readonly (Named & { readonly months: readonly MonthlyMean[] })[]
  /** All who wrote in a category are its owner's team. For coaches and supervisors. */
  readonly teams?: readonly {
    readonly category: string
    readonly owner?: Named
    readonly months: readonly MonthlyMean[]
  }[]
  /** For coaches and supervisors. The rate is absent where there are too few threads to say. */
  readonly links?: {
    readonly rate: readonly (LinkCounts & { readonly rate?: ShareEstimate })[]
    readonly accuracy: readonly LinkAccuracy[]
  }
}

const MONTHS = 12
/** Below, a rate would say more of chance than of the month. */
const ENOUGH = 30

/** The figures of the last twelve months: for coaches and supervisors all, for others those of their own articles. */
export async function coachingFigures(deps: CoachingDeps, actor: Actor): Promise<CoachingFigures> {
  const months = lastMonths(deps.clock.now(), MONTHS)
  const since = months[0] ?? ''
  const all = seesAllCoaching(actor)
  const authors = byKey(await deps.scores.means('author_id', since, all ? undefined : actor.id))
  const people = [...authors]
    .map(([id, { name, means }]) => ({ id, name, months: means }))
    .sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1))
  if (!all) return { months, people }
  const categories = byKey(await deps.scores.means('category', since))
  const described = await describeCategories(deps, [...categories.keys()].sort())
  const teams = described.map(({ label, owner }) => ({
    category: label,
    owner,
    months: categories.get(label)?.means ?? [],
  }))
  const rate = (await countLinks(deps.db, since)).map((counts) => ({
    ...counts,
    rate: counts.threads < ENOUGH ? undefined : estimateShare({ count: counts.linked, of: counts.threads }),
  }))
  return { months, people, teams, links: { rate, accuracy: await accuracies(deps, since) } }
}

function byKey(rows: readonly { of: string; name: string; month: string; n: number; mean: number }[]) {
  const found = new Map<string, { name: string; means: MonthlyMean[] }>()
  for (const { of, name, month, n, mean } of rows) {
    const means = [...(found.get(of)?.means ?? []), { month, articles: n, mean }]
    found.set(of, { name, means })
  }
  return found
}

async function accuracies(deps: CoachingDeps, since: string): Promise<LinkAccuracy[]> {
  const counts = await deps.linkJudgements.counts(since)
  const months = [...new Set(counts.map(({ month }) => month))].sort()
  return months.map((month) => {
    const of = (judgement: Judgement) =>
      counts.find((each) => each.month === month && each.judgement === judgement)?.n ?? 0
    const [right, wrong] = [of('right'), of('wrong')]
    return {
      month,
      right,
      wrong,
      unclear: of('unclear'),
      accuracy: right + wrong === 0 ? undefined : estimateShare({ count: right, of: right + wrong }),
    }
  })
}
