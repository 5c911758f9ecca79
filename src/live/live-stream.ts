import type { Actor } from '../access/actor.ts'
import { type Audience, visibleTo } from '../access/audience.ts'
import type { ArticleStore } from '../articles/article-store.ts'
import { readerOf } from '../articles/readable-articles.ts'
import { type ImportHistory, presentImport } from '../ingest/imports/import-history.ts'
import { hasEnded, versionOf } from '../ingest/imports/watch-imports.ts'
import type { Clock } from '../platform/clock.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import type { Log } from '../platform/platform.ts'
import type { ConflictStore } from '../review/conflicts/conflict-store.ts'
import type { QueueCounts } from '../review/queue/count-queue.ts'
import { CREDENTIALS, LIVE, QUEUE } from './counters.ts'
import type { HappeningStore } from './happening-store.ts'
import { eventText, hears, type StoredHappening } from './live-event.ts'

export interface LiveDeps {
  readonly db: Pick<Database, 'counters'>
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  readonly happenings: Pick<HappeningStore, 'between'>
  readonly articles: Pick<ArticleStore, 'visibleAmong'>
  readonly conflicts: Pick<ConflictStore, 'visibleAmong'>
  readonly history: Pick<ImportHistory, 'inProgress'>
  countQueue(reader: Audience): Promise<readonly QueueCounts[]>
}

/** Somebody's connection. */
export interface Listener {
  readonly actor: Pick<Actor, 'id' | 'name' | 'roles' | 'audience'>
  /** Whether its key or session is still what it was. @param counters as of which */
  isStillEntitled(counters: Counters): Promise<boolean>
  write(text: string): void
  end(): void
}

/** How often a process asks for what is new, and what it tells at what intervals. */
export interface LivePace {
  readonly pollMs: number
  readonly heartbeatMs: number
  /** The shortest time between two counts of the review queue, and the longest. */
  readonly countMs: number
  readonly recountMs: number
  /** How long a stream lasts: whoever connects again is identified again. */
  readonly lifetimeMs: number
}

const PACE: LivePace = {
  pollMs: 1_000,
  heartbeatMs: 15_000,
  countMs: 3_000,
  recountMs: 60_000,
  lifetimeMs: 600_000,
}

/** Most happenings that are sent again; whoever missed more reads everything again. */
const MOST_MISSED = 1_000
/** For how long an import that has ended is looked at, so that its end is not missed. */
const IMPORT_ENDING_MS = 60_000

interface Following extends Listener {
  /** The number of the last happening that it has been told of or that it may not hear of. */
  after: number
  readonly until: number
  /** The state of all credentials when it was last identified. */
  credentials: string
  /** Whether it still lacks the present states. */
  lacksImports: boolean
  lacksCounts: boolean
}

export type LiveStream = ReturnType<typeof createLiveStream>

/**
 * Tells any number of listeners what happens, whichever process makes it happen. While somebody listens, a process reads
 * the change counters each second, and what is new where they have moved; of the review queue and of imports it reads
 * once for each audience. When credentials have changed, each listener is identified again, and the stream of who is no
 * longer entitled to it ends.
 */
export function createLiveStream(deps: LiveDeps, pace: LivePace = PACE) {
  const listeners = new Set<Following>()
  /** Number of the last happening that was delivered. */
  let position = 0
  let polling = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let heartbeat: NodeJS.Timeout | undefined
  const importVersions = new Map<string, string>()
  const counts = new Map<Audience, { readonly counter: number; readonly at: number; readonly text: string }>()

  async function poll(): Promise<void> {
    if (polling || closed) return
    clearTimeout(timer)
    polling = true
    try {
      const counters = await deps.db.counters()
      await endUnentitled(counters)
      await deliverHappenings(counters[LIVE] ?? 0)
      await deliverImports()
      await deliverCounts(counters[QUEUE] ?? 0)
    } catch (error) {
      // Listeners hear nothing until the database is back, and then what they missed.
      deps.log.warn({ err: error }, 'cannot read live events')
    }
    polling = false
    if (listeners.size > 0 && !closed) timer = setTimeout(poll, pace.pollMs)
    else rest()
  }

  /** Nobody listens: nothing is read, and what was kept would be outdated. */
  function rest(): void {
    clearTimeout(timer)
    clearInterval(heartbeat)
    heartbeat = undefined
    importVersions.clear()
    counts.clear()
  }

  /** Ends the streams of those whose key was revoked, whose session ended or whose rights changed. */
  async function endUnentitled(counters: Counters): Promise<void> {
    const now = credentialsIn(counters)
    for (const each of [...listeners]) {
      if (each.credentials === now) continue
      if (await each.isStillEntitled(counters)) each.credentials = now
      else end(each)
    }
  }

  function end(following: Following): void {
    listeners.delete(following)
    following.end()
  }

  /** Which of these happenings an actor may hear of, asked once for those who see the same. */
  function createVisibility(happenings: readonly StoredHappening[]) {
    const subjects = (type: string) =>
      happenings.flatMap((each) => (each.type === type && each.subject !== undefined ? [each.subject] : []))
    const articleIds = [...new Set(subjects('article.changed'))]
    const conflictIds = subjects('conflict.opened')
    const known = new Map<string, Promise<ReadonlySet<string>>>()

    async function visibleSubjects({ audience, roles }: Listener['actor']): Promise<ReadonlySet<string>> {
      const reader = readerOf({ audience, roles })
      const key = `${audience} ${reader.seesDrafts}`
      const read = async () => {
        const articles = articleIds.length === 0 ? [] : await deps.articles.visibleAmong(articleIds, reader)
        const conflicts =
          conflictIds.length === 0 ? [] : (await deps.conflicts.visibleAmong(conflictIds, audience)).keys()
        return new Set([...articles, ...conflicts])
      }
      const subjects = known.get(key) ?? read()
      known.set(key, subjects)
      return subjects
    }

    return async (actor: Listener['actor']): Promise<StoredHappening[]> => {
      const visible = await visibleSubjects(actor)
      return happenings.filter(
        ({ type, subject, audience }) =>
          hears(actor.roles, type) &&
          (subject === undefined ? visibleTo(actor.audience).includes(audience) : visible.has(subject)),
      )
    }
  }

  async function deliverHappenings(upTo: number): Promise<void> {
    if (upTo <= position) return
    const visibleFor = createVisibility(await deps.happenings.between(position, upTo))
    // Who begins to listen meanwhile comes at the end of the set.
    for (const following of listeners) {
      tell(following, await visibleFor(following.actor))
      following.after = Math.max(following.after, upTo)
    }
    position = upTo
  }

  function tell(following: Following, happenings: readonly StoredHappening[]): void {
    for (const { type, data, seq } of happenings)
      if (seq > following.after) following.write(eventText(type, data, seq))
  }

  /** The listeners of an event, by audience. */
  function byAudience(type: 'import.progress' | 'queue.changed'): Map<Audience, Following[]> {
    const entitled = new Map<Audience, Following[]>()
    for (const following of listeners) {
      const { roles, audience } = following.actor
      if (hears(roles, type)) entitled.set(audience, [...(entitled.get(audience) ?? []), following])
    }
    return entitled
  }

  async function deliverImports(): Promise<void> {
    const since = new Date(deps.clock.now().getTime() - IMPORT_ENDING_MS).toISOString()
    for (const [audience, entitled] of byAudience('import.progress')) {
      for (const record of (await deps.history.inProgress(since, audience)).toReversed()) {
        const key = `${audience} ${record.id}`
        const version = versionOf(record)
        // An import that had ended when the first of this audience came is no news.
        const isNews = importVersions.has(key) ? importVersions.get(key) !== version : !hasEnded(record)
        importVersions.set(key, version)
        for (const following of entitled)
          if (isNews || (following.lacksImports && !hasEnded(record)))
            following.write(eventText('import.progress', presentImport(record)))
      }
      for (const following of entitled) following.lacksImports = false
    }
  }

  async function deliverCounts(counter: number): Promise<void> {
    for (const [audience, entitled] of byAudience('queue.changed')) {
      const last = counts.get(audience)
      const age = last === undefined ? Number.POSITIVE_INFINITY : performance.now() - last.at
      let text = last?.text
      if (text === undefined || age >= pace.recountMs || (age >= pace.countMs && last?.counter !== counter)) {
        text = eventText('queue.changed', { facets: await deps.countQueue(audience) })
        counts.set(audience, { counter, at: performance.now(), text })
      }
      for (const following of entitled) {
        if (following.lacksCounts || text !== last?.text) following.write(text)
        following.lacksCounts = false
      }
    }
  }

  function beat(): void {
    const now = performance.now()
    for (const following of [...listeners]) {
      if (now >= following.until) end(following)
      else following.write(': still here\n\n')
    }
  }

  return {
    /**
     * Tells a listener what happens from now on, after what it missed.
     *
     * @param counters as of when it was identified
     * @param last the number of the last happening that it was told of; absent where it comes for the first time
     * @returns ends listening
     */
    async follow(listener: Listener, counters: Counters, last?: number): Promise<() => void> {
      let now = counters[LIVE] ?? 0
      const missed =
        last !== undefined && last <= now && now - last <= MOST_MISSED
          ? await deps.happenings.between(last, now)
          : []
      const resumed = last !== undefined && missed.length === now - last
      const following: Following = {
        ...listener,
        after: resumed ? last : now,
        until: performance.now() + pace.lifetimeMs,
        credentials: credentialsIn(counters),
        lacksImports: true,
        lacksCounts: true,
      }
      listener.write(`retry: 1000\n\n${eventText('ready', { resumed }, following.after)}`)
      let happenings = resumed ? missed : []
      for (;;) {
        tell(following, await createVisibility(happenings)(listener.actor))
        following.after = now
        if (listeners.size === 0 && !polling) position = now
        if (position <= now || closed) break
        // Others were told of more meanwhile.
        happenings = await deps.happenings.between(now, position)
        now = position
      }
      if (closed) listener.end()
      else {
        listeners.add(following)
        heartbeat ??= setInterval(beat, pace.heartbeatMs)
        void poll()
      }
      return () => {
        listeners.delete(following)
      }
    },

    /** Ends all streams. */
    close(): void {
      closed = true
      for (const each of [...listeners]) end(each)
      rest()
    },
  }
}

function credentialsIn(counters: Counters): string {
  return CREDENTIALS.map((name) => counters[name]).join()
}
