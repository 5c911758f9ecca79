import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Secret } from './endpoint.ts'

/** Within what Standard Webhooks asks for (24 to 64). */
const SECRET_BYTES = 32

export function newSecret(): Secret {
  return { value: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}` }
}

/** The secrets that sign at this time: the one in force, and replaced ones until their time is over. */
export function inForce(secrets: readonly Secret[], now: Date): readonly Secret[] {
  return secrets.filter(({ until }) => until === undefined || Date.parse(until) > now.getTime())
}

/** A new secret in force; the one that was stays beside it until `until`. */
export function rotated(secrets: readonly Secret[], now: Date, until: Date): readonly Secret[] {
  const kept = inForce(secrets, now).map((secret) => ({
    ...secret,
    until:
      secret.until === undefined || Date.parse(secret.until) > until.getTime()
        ? until.toISOString()
        : secret.until,
  }))
  return [newSecret(), ...inForce(kept, now)]
}

interface SignedMessage {
  /** Value of `webhook-id`; without a full stop. */
  readonly id: string
  readonly body: string
}

/** The headers by which a receiver knows a message for ours, as sent at `now`: one signature a secret in force. */
export function signatureHeaders(
  { id, body }: SignedMessage,
  secrets: readonly Secret[],
  now: Date,
): Record<string, string> {
  const signatures = inForce(secrets, now).map(({ value }) => new Webhook(value).sign(id, now, body))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  }
}
