import type { Actor } from '../access/index.ts'
import type { WebhookDeps } from './deps.ts'
import type { Endpoint } from './endpoint.ts'
import { rotated } from './secrets.ts'

export const DEFAULT_OVERLAP_HOURS = 24
const HOUR_MS = 3_600_000

interface Rotation {
  readonly id: string
  /** For so long the secret that was replaced signs too; 0 when it has leaked. */
  readonly overlapHours?: number
  readonly actor: Actor
}

/**
 * Gives an endpoint a new secret, to be shown this once.
 *
 * @throws CodedError WEBHOOK_NOT_FOUND
 */
export async function rotateSecret(
  { db, clock, endpoints, audit }: WebhookDeps,
  { id, overlapHours = DEFAULT_OVERLAP_HOURS, actor }: Rotation,
): Promise<Endpoint> {
  return db.transaction(async () => {
    const before = await endpoints.requireForChange(id, actor.audience)
    const now = clock.now()
    const secrets = rotated(before.secrets, now, new Date(now.getTime() + overlapHours * HOUR_MS))
    await audit.record('webhook.secret-rotated', actor, id, { after: { overlapHours } })
    return endpoints.change({ ...before, secrets })
  })
}
