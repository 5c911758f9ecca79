import type { Audience } from '../../access/audience.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import type { TriageDeps } from '../deps.ts'
import { gatherSubjects } from '../gather-subjects.ts'
import { requireValidRuleSet } from './check-rule-set.ts'
import { type Decision, decideDestination } from './decide-destination.ts'
import { createLoadReader } from './destination-load.ts'
import { DEFAULT_RULE, type Destination, type RuleSet } from './routing-rule.ts'

interface Move {
  readonly threadId: string
  readonly title: string
  readonly from: Place
  readonly to: Place
}

interface Place {
  readonly rule: string
  readonly destination: Destination
}

export interface Simulation {
  /** Threads that were routed. */
  readonly threads: number
  /** The one with the most threads first. */
  readonly destinations: readonly { readonly destination: Destination; readonly threads: number }[]
  /** In the order of the rule set, `default` last; rules that never decide included. */
  readonly rules: readonly { readonly rule: string; readonly threads: number }[]
  readonly moved: {
    readonly threads: number
    readonly flows: readonly {
      readonly from: Destination
      readonly to: Destination
      readonly threads: number
    }[]
    readonly examples: readonly Move[]
  }
}

const CHUNK = 100
const EXAMPLES = 20

/**
 * Applies a rule set to the stored threads that a reader may see and compares the decisions with those of the rules in
 * force, at the current time and with the load that destinations have now. Stores nothing.
 *
 * @throws CodedError as `checkRuleSet`
 */
export async function simulateRuleSet(
  deps: TriageDeps,
  { ruleSet, reader, signal }: { ruleSet: RuleSet; reader: Audience; signal?: AbortSignal },
): Promise<Simulation> {
  await requireValidRuleSet(deps, ruleSet)
  const inForce = await deps.ruleSets.current()
  const now = deps.clock.now()
  const yieldToEventLoop = createYielder()
  const tally = createTally(ruleSet)
  for await (const threadIds of readableThreadIds(deps, reader)) {
    const threads = await deps.threads.facts(threadIds)
    const loadsBefore = await createLoadReader(deps, inForce, threads)
    const loadsAfter = await createLoadReader(deps, ruleSet, threads)
    for (const { thread, subject } of await gatherSubjects(deps, threads)) {
      const before = { ...subject, load: loadsBefore.without(thread) }
      const after = { ...subject, load: loadsAfter.without(thread) }
      tally.add(
        thread,
        decideDestination(inForce, before, now, deps.reading),
        decideDestination(ruleSet, after, now, deps.reading),
      )
      await yieldToEventLoop()
    }
    signal?.throwIfAborted()
  }
  return tally.result()
}

/** Ids in chunks, each read on demand. */
async function* readableThreadIds({ db }: TriageDeps, reader: Audience): AsyncGenerator<string[]> {
  let after = ''
  for (;;) {
    const ids: string[] = await readableThreads(db, reader, { which: 'questioned' })
      .where('t.id', '>', after)
      .orderBy('t.id')
      .limit(CHUNK)
      .pluck('t.id')
    if (ids.length > 0) yield ids
    if (ids.length < CHUNK) return
    after = ids.at(-1) ?? ''
  }
}

function createTally(ruleSet: RuleSet) {
  let threads = 0
  let moved = 0
  const byRule = new Map([...ruleSet.rules.map(({ name }) => name), DEFAULT_RULE].map((name) => [name, 0]))
  const destinations = createCount<Destination>()
  const flows = createCount<{ from: Destination; to: Destination }>()
  const examples: Move[] = []

  return {
    add(thread: { id: string; title: string }, before: Decision, after: Decision): void {
      threads++
      byRule.set(after.rule, (byRule.get(after.rule) ?? 0) + 1)
      const from = placeOf(before)
      const to = placeOf(after)
      destinations.add(to.destination)
      if (keyOf(from.destination) === keyOf(to.destination)) return
      moved++
      flows.add({ from: from.destination, to: to.destination })
      if (examples.length < EXAMPLES) examples.push({ threadId: thread.id, title: thread.title, from, to })
    },
    result(): Simulation {
      return {
        threads,
        destinations: destinations.sorted().map(([destination, count]) => ({ destination, threads: count })),
        rules: [...byRule].map(([rule, count]) => ({ rule, threads: count })),
        moved: {
          threads: moved,
          flows: flows.sorted().map(([flow, count]) => ({ ...flow, threads: count })),
          examples,
        },
      }
    },
  }
}

function placeOf({ rule, destination: { kind, name } }: Decision): Place {
  return { rule, destination: { kind, name } }
}

function createCount<T>() {
  const counts = new Map<string, [value: T, count: number]>()
  return {
    add(value: T): void {
      const key = keyOf(value)
      const known = counts.get(key)
      if (known === undefined) counts.set(key, [value, 1])
      else known[1]++
    },
    sorted: () => [...counts.values()].sort((a, b) => b[1] - a[1]),
  }
}

function keyOf(value: unknown): string {
  return JSON.stringify(value)
}
