import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { askedQueries } from '../../search/log/asked-queries.ts'
import { readWords } from '../../search/log/asked-words.ts'
import type { Search } from '../../search/search.ts'
import type { CandidateStore } from '../candidates/candidate-store.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import { gapErrors } from './errors.ts'
import { type Demand, figuresOf, type GapDecision, type GapFigures, gapId, isGap } from './gap.ts'
import type { AskingThread, GapStore } from './gap-store.ts'
import { groupQueries, type QueryGroup } from './group-queries.ts'

export type GapDeps = Omit<ArticleDeps, 'search'> & {
  readonly search: Pick<Search, 'documents' | 'log' | 'termWeight' | 'threadsAsking'>
  readonly gaps: GapStore
  readonly candidates: Pick<CandidateStore, 'membershipsOf'>
  /** What was grouped a moment ago. */
  readonly groupings: Groupings
}

/** Searches that ask the same and helped few of those who asked. */
export interface Gap extends GapFigures {
  readonly id: string
  readonly language: string
  /** As most ask it. */
  readonly text: string
  readonly demand: Exclude<Demand, 'linked'>
  readonly queries: QueryGroup
  /** Threads that ask the same, as far as the reader may see them; the best first. */
  readonly threads: readonly AskingThread[]
  /** The article that would have answered, as far as the reader may see it. */
  readonly article?: { readonly id: string; readonly title: string }
  /** What became of it, without what the reader may not know. */
  readonly decision?: Pick<GapDecision, 'decision' | 'reason' | 'note' | 'at'> & { readonly by?: string }
}

export interface Gaps {
  readonly items: readonly Gap[]
  /** How often what was asked fell under each. */
  readonly demand: Readonly<Record<Demand, number>>
}

interface Group {
  readonly queries: QueryGroup
  readonly figures: GapFigures
  /** Whoever may see them. */
  readonly threadIds: readonly string[]
}

/** Searches that are grouped: those asked most; what comes after them was hardly asked twice. */
const MOST_QUERIES = 2_000
/** Gaps of which threads are looked for. */
const MOST_GAPS = 200
const MOST_THREADS = 20
/** Groups are as old as this at most. */
const KEPT_MS = 30_000
const DAY_MS = 86_400_000

/** Keeps groups for a moment, so that those who work through gaps do not have them grouped at each step. */
export type Groupings = Map<string, { readonly at: number; readonly groups: Promise<readonly Group[]> }>

/** The gaps of the last days, what was asked in vain most first, as far as the reader may know of them. */
export async function findGaps(
  deps: GapDeps,
  { days, actor }: { readonly days: number; readonly actor: Actor },
): Promise<Gaps> {
  const { audience: reader } = actor
  const groups = await groupsFor(deps, reader, days)
  const wanting = groups.filter(({ figures }) => isGap(figures))
  const threads = await deps.gaps.threadsAmong(
    [...new Set(wanting.flatMap(({ threadIds }) => threadIds))],
    reader,
  )
  const articleOf = await deps.gaps.articlesOf([...threads.keys()])
  const decisions = await deps.gaps.decisionsOn(wanting.flatMap(({ queries }) => queries.map(gapId)))
  const named = [
    ...articleOf.values(),
    ...[...decisions.values()].flatMap(({ articleId }) => articleId ?? []),
  ]
  const articles = await titlesOf(deps, [...new Set(named)], actor)
  const items = wanting.map(({ queries, figures, threadIds }): Gap => {
    const [head] = queries
    const decision = queries.map((query) => decisions.get(gapId(query))).find((each) => each !== undefined)
    const asking = threadIds.flatMap((id) => threads.get(id) ?? [])
    const answering = [decision?.articleId, ...asking.map(({ id }) => articleOf.get(id))]
    const article = answering.flatMap((id) => (id === undefined ? [] : (articles.get(id) ?? [])))[0]
    return {
      ...figures,
      id: gapId(head),
      language: head.language,
      text: head.text,
      queries,
      threads: asking,
      article,
      demand: article === undefined ? 'new' : 'not-found',
      decision: decision && shownDecision(decision, reader),
    }
  })
  const demand = { new: 0, 'not-found': 0, linked: 0 }
  for (const { figures } of groups) demand.linked += figures.helped
  for (const group of groups)
    if (!isGap(group.figures)) demand['not-found'] += group.figures.asked - group.figures.helped
  for (const gap of items) demand[gap.demand] += gap.asked - gap.helped
  const inVain = (gap: Gap) => gap.asked - gap.helped
  return { items: items.sort((a, b) => inVain(b) - inVain(a) || (a.id < b.id ? -1 : 1)), demand }
}

/**
 * A gap by what is asked in it.
 *
 * @throws CodedError SEARCH_GAP_NOT_FOUND
 */
export async function requireGap(
  deps: GapDeps,
  { id, days, actor }: { readonly id: string; readonly days: number; readonly actor: Actor },
): Promise<Gap> {
  const { items } = await findGaps(deps, { days, actor })
  const gap = items.find(({ queries }) => queries.some((query) => gapId(query) === id))
  if (gap === undefined) throw gapErrors.SEARCH_GAP_NOT_FOUND({ id })
  return gap
}

/** The candidate that threads of a gap are part of. */
export async function candidateOf(deps: GapDeps, { threads }: Gap): Promise<string | undefined> {
  const memberships = await deps.candidates.membershipsOf(threads.map(({ id }) => id))
  const known = new Map(memberships.map(({ threadId, candidateId }) => [threadId, candidateId]))
  return threads.map(({ id }) => known.get(id)).find((id) => id !== undefined)
}

async function groupsFor(deps: GapDeps, reader: Audience, days: number): Promise<readonly Group[]> {
  const now = deps.clock.now().getTime()
  for (const [key, { at }] of deps.groupings) if (Math.abs(now - at) >= KEPT_MS) deps.groupings.delete(key)
  const key = `${reader} ${days}`
  const kept = deps.groupings.get(key)
  if (kept !== undefined) return kept.groups
  const groups = group(deps, reader, new Date(now - days * DAY_MS).toISOString().slice(0, 10))
  deps.groupings.set(key, { at: now, groups })
  // What failed is asked again.
  groups.catch(() => deps.groupings.delete(key))
  return groups
}

async function group({ db, search }: GapDeps, reader: Audience, since: string): Promise<readonly Group[]> {
  const queries = await askedQueries(db, { reader, since, limit: MOST_QUERIES })
  const grouped = await groupQueries(queries, await search.termWeight())
  const all = grouped.map((each) => ({ queries: each, figures: figuresOf(each) }))
  const inVain = ({ figures }: (typeof all)[number]) => figures.asked - figures.helped
  const found: Group[] = []
  let gaps = 0
  for (const each of all.sort((a, b) => inVain(b) - inVain(a))) {
    await setImmediate()
    const [{ language, terms }] = each.queries
    const isLooked = isGap(each.figures) && gaps++ < MOST_GAPS
    const threadIds = isLooked ? await search.threadsAsking({ language, words: readWords(terms) }) : []
    found.push({ ...each, threadIds: threadIds.slice(0, MOST_THREADS) })
  }
  return found
}

async function titlesOf(deps: GapDeps, ids: readonly string[], actor: Actor) {
  const visible = await deps.articles.visibleAmong(ids, readerOf(actor))
  const found = new Map<string, { readonly id: string; readonly title: string }>()
  for (const id of visible) {
    const article = await deps.articles.find(id, readerOf(actor))
    if (article !== undefined && article.confidence !== 'archived')
      found.set(id, { id, title: article.title })
  }
  return found
}

function shownDecision(
  { decision, reason, note, by, at, audience }: GapDecision,
  reader: Audience,
): Gap['decision'] {
  if (!visibleTo(reader).includes(audience)) return { decision, at }
  return { decision, reason, note, by: by.name, at }
}
