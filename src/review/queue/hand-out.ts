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
}

/** One in so many is drawn by lot: of the audit slice, or for a second opinion. */
const AUDIT_EVERY = 4
/** As if so many others had been handed out before the first: an agent does not begin with one. */
const BEFORE_THE_FIRST = AUDIT_EVERY - 2
/** Threads handed out and threads labelled lately, from which those asked next shall differ. */
const HANDED_OUT = 50
const LABELLED = 200

/**
 * Hands an agent what to look at next: open misroutes first, then what the agent holds already, then more of the audit
 * slice and of what the strategy chooses. It is the agent's for some minutes.
 */
export async function handOut(deps: ReviewDeps, request: HandOutRequest): Promise<Chosen[]> {
  const { facetId, holder, strategy, limit, labels, reader } = request
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
    const chosen = await chooseMore(deps, { ...query, strategy, labels }, wanted, idsOf(items))
    const granted = await deps.claims.claim(claims, chosen, place)
    items.push(...chosen.filter(({ threadId }) => granted.has(threadId)))
    place += chosen.length
    // Short of what was wanted because others took some: there may be more. Else there is nothing more.
    if (granted.size === chosen.length) break
  }
  return items
}

async function chooseMore(
  deps: ReviewDeps,
  query: QueueReader & Pick<HandOutRequest, 'strategy' | 'labels'>,
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
  const labelled = await deps.candidates.labelledLately({ ...query, limit: LABELLED })
  const asked = [...new Set([...shown, ...idsOf(drawn.slice(0, audits)), ...handedOut, ...labelled])]
  const choose = (differingFrom: readonly string[]) =>
    chooseBatch(deps, { ...query, count: wanted - audits, asked: differingFrom })
  let usual = await choose(asked)
  // Nothing is held back for good: where all that is left is like what was asked lately, that is asked.
  if (usual.length === 0 && drawn.length === 0 && shown.length === 0) usual = await choose([])
  return mix(usual, drawn, since).slice(0, wanted)
}

/** Puts one of those drawn after every three others; when either list ends the other goes on. */
function mix(usual: readonly Chosen[], drawn: readonly Chosen[], since: number): Chosen[] {
  const rest = { usual: [...usual], drawn: [...drawn] }
  let others = since
  return Array.from({ length: usual.length + drawn.length }, () => {
    const turn = others >= AUDIT_EVERY - 1
    const [first, second] = turn ? [rest.drawn, rest.usual] : [rest.usual, rest.drawn]
    others = turn ? 0 : others + 1
    return (first.shift() ?? second.shift())!
  })
}

/** One of each in turn; when either list ends the other goes on. */
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

/** Lets those who want the same thing have it one after another; others do not wait for them. */
export interface Turns {
  take<T>(what: string, work: () => Promise<T>): Promise<T>
}

/** Turns within this process. Other processes know nothing of them. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(what, work) {
      const turn = (last.get(what) ?? Promise.resolve()).then(work)
      const ended = turn.then(
        () => undefined,
        () => undefined,
      )
      last.set(what, ended)
      ended.then(() => last.get(what) === ended && last.delete(what))
      return turn
    },
  }
}
