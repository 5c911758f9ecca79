import type { Label } from '../../labels/facet.ts'
import type { QueryStrategyName } from '../../learning/queries/strategies.ts'
import type { ReviewDeps } from '../deps.ts'
import { chooseBatch } from './choose-batch.ts'
import type { QueueReader } from './queue-conditions.ts'
import type { Chosen, Why } from './why.ts'

interface HandOutRequest extends Omit<QueueReader, 'now'> {
  readonly strategy: QueryStrategyName
  readonly limit: number
  readonly labels: readonly Pick<Label, 'name' | 'description'>[]
  /** Labels whose predictions are suggestions on sources where they were not measured. */
  readonly suggested: readonly string[]
}

/** One thread in so many is drawn at random: of the audit slice, or for a second opinion. */
const AUDIT_EVERY = 4
/** Threads assumed handed out before the first, so that an agent does not begin with a drawn one. */
const BEFORE_THE_FIRST = AUDIT_EVERY - 2
/** Most threads recently handed out or labelled, from which the next should differ. */
const HANDED_OUT = 50
const LABELLED = 200

/**
 * Hands an agent the next threads to label: open misroutes first, then threads that the agent already holds, then more of
 * the audit slice and of those that the strategy chooses. The agent holds them for some minutes.
 */
export async function handOut(deps: ReviewDeps, request: HandOutRequest): Promise<Chosen[]> {
  const { facetId, holder, strategy, limit, labels, suggested, reader } = request
  const query = { facetId, reader, holder, now: deps.clock.now().toISOString() }
  const claims = { facetId, holder, strategy }
  await deps.claims.release(claims)
  const misrouted = because('misroute', await deps.queue.misrouted({ ...query, limit }))
  const mine = await deps.claims.claim(claims, misrouted, 0)
  const items = misrouted.filter(({ threadId }) => mine.has(threadId))
  const held = (await deps.claims.held(query)).filter(({ threadId }) => !mine.has(threadId))
  const kept = held.slice(0, limit - items.length)
  await deps.claims.prolong(claims, idsOf(kept))
  items.push(...kept)
  let place = (held.at(-1)?.place ?? -1) + 1
  while (items.length < limit) {
    const wanted = limit - items.length
    const chosen = await chooseMore(deps, { ...query, strategy, labels, suggested }, wanted, idsOf(items))
    const granted = await deps.claims.claim(claims, chosen, place)
    items.push(...chosen.filter(({ threadId }) => granted.has(threadId)))
    place += chosen.length
    // Where others claimed some of the chosen threads, there may be more to choose.
    if (granted.size === chosen.length) break
  }
  return items
}

async function chooseMore(
  deps: ReviewDeps,
  query: QueueReader & Pick<HandOutRequest, 'strategy' | 'labels' | 'suggested'>,
  wanted: number,
  shown: readonly string[],
): Promise<Chosen[]> {
  const drawn = alternating(
    because('audit', await deps.queue.auditSlice({ ...query, limit: wanted })),
    because('second-opinion', await deps.secondOpinions.threads({ ...query, limit: wanted })),
  )
  const since = (await deps.claims.sinceDrawn(query, AUDIT_EVERY)) ?? BEFORE_THE_FIRST
  const audits = Math.min(drawn.length, auditsAmong(wanted, since))
  const handedOut = await deps.claims.recent(query.facetId, query.reader, HANDED_OUT)
  const labelled = await deps.candidates.recentlyLabelled({ ...query, limit: LABELLED })
  const asked = [...new Set([...shown, ...idsOf(drawn.slice(0, audits)), ...handedOut, ...labelled])]
  const suggestions = await chooseSuggested(deps, query, wanted - audits)
  const count = wanted - audits - suggestions.length
  const choose = (differingFrom: readonly string[]) =>
    chooseBatch(deps, { ...query, count, asked: [...idsOf(suggestions), ...differingFrom] })
  let byStrategy = await choose(asked)
  // Where all threads left resemble recent ones, these are asked after all.
  if (byStrategy.length === 0 && drawn.length === 0 && shown.length === 0) byStrategy = await choose([])
  return mix(alternating(suggestions, byStrategy), drawn, since).slice(0, wanted)
}

/** Suggestions for half of the places; the other half teaches the model. */
async function chooseSuggested(
  deps: ReviewDeps,
  { suggested, ...query }: QueueReader & Pick<HandOutRequest, 'strategy' | 'suggested'>,
  places: number,
): Promise<Chosen[]> {
  if (suggested.length === 0 || places <= 0 || query.strategy !== 'default') return []
  const limit = Math.ceil(places / 2)
  return because('suggested', await deps.queue.suggested({ ...query, labels: suggested, limit }))
}

/** One of those drawn after every three others; when either list ends, the rest of the other. */
function mix(byStrategy: readonly Chosen[], drawn: readonly Chosen[], since: number): Chosen[] {
  const rest = { byStrategy: [...byStrategy], drawn: [...drawn] }
  let others = since
  return Array.from({ length: byStrategy.length + drawn.length }, () => {
    const turn = others >= AUDIT_EVERY - 1
    const [first, second] = turn ? [rest.drawn, rest.byStrategy] : [rest.byStrategy, rest.drawn]
    others = turn ? 0 : others + 1
    return (first.shift() ?? second.shift())!
  })
}

/** One of each in turn; when either list ends, the rest of the other. */
function alternating(one: readonly Chosen[], other: readonly Chosen[]): Chosen[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [
    ...one.slice(at, at + 1),
    ...other.slice(at, at + 1),
  ]).flat()
}

function auditsAmong(places: number, since: number): number {
  return Math.floor((places + Math.min(since, AUDIT_EVERY - 1)) / AUDIT_EVERY)
}

function because(why: Why, threadIds: readonly string[]): Chosen[] {
  return threadIds.map((threadId) => ({ threadId, why }))
}

function idsOf(chosen: readonly Chosen[]): string[] {
  return chosen.map(({ threadId }) => threadId)
}

/** Runs work of the same key one after another. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** Turns within this process only. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work)
      const ended = turn.then(
        () => undefined,
        () => undefined,
      )
      last.set(key, ended)
      ended.then(() => last.get(key) === ended && last.delete(key))
      return turn
    },
  }
}
