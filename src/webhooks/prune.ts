import type { TellDeps } from './deps.ts'

export const PRUNE = 'webhooks.prune'
const DAY_MS = 86_400_000
const PRUNE_EVERY_MS = DAY_MS

/** Days after which a delivery is forgotten. */
const KEPT_DAYS = { delivered: 7, dead: 30 } as const
/** Rows a transaction. */
const CHUNK = 500

type PruneDeps = Pick<TellDeps, 'deliveries' | 'clock' | 'jobs'>

/** Sees to it that what is told now is forgotten one day. */
export async function pruneInTime({ clock, jobs }: PruneDeps): Promise<void> {
  await jobs.enqueue({
    type: PRUNE,
    dedupeKey: PRUNE,
    runAt: new Date(clock.now().getTime() + PRUNE_EVERY_MS),
  })
}

/** Forgets deliveries whose time is over and messages that went to them alone, and comes back while there are others. */
export async function pruneDeliveries(deps: PruneDeps, signal: AbortSignal): Promise<void> {
  const { deliveries, clock } = deps
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS).toISOString()
  const steps = [
    () => deliveries.prune('delivered', daysAgo(KEPT_DAYS.delivered), CHUNK),
    () => deliveries.prune('dead', daysAgo(KEPT_DAYS.dead), CHUNK),
    () => deliveries.pruneMessages(daysAgo(KEPT_DAYS.delivered), CHUNK),
  ]
  for (const step of steps) {
    do signal.throwIfAborted()
    while ((await step()) === CHUNK)
  }
  if (await deliveries.any()) await pruneInTime(deps)
}
