import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Secret } from './endpoint.ts'

/** Within what Standard Webhooks asks for (24 to 64). */
const SECRET_BYTES = 32

/** A random secret, which signs from now on. */
export function newSecret(): Secret {
  return { value: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}` }
}

/** The secrets that sign at a time: the current one, and replaced ones until they expire. */
export function activeSecrets(secrets: readonly Secret[], now: Date): readonly Secret[] {
  return secrets.filter(({ until }) => until === undefined || Date.parse(until) > now.getTime())
}

/** Secrets with a new current one; the replaced one also signs until `until`. */
export function rotateSecrets(secrets: readonly Secret[], now: Date, until: Date): readonly Secret[] {
  const kept = activeSecrets(secrets, now).map((secret) => ({
    ...secret,
    until:
      secret.until === undefined || Date.parse(secret.until) > until.getTime()
        ? until.toISOString()
        : secret.until,
  }))
  return [newSecret(), ...activeSecrets(kept, now)]
}

interface SignedMessage {
  /** Value of `webhook-id`; without a full stop. */
  readonly id: string
  readonly body: string
}

/** The Standard Webhooks headers of a message sent at `now`, with one signature a secret that signs then. */
export function signatureHeaders(
  { id, body }: SignedMessage,
  secrets: readonly Secret[],
  now: Date,
): Record<string, string> {
  const signatures = activeSecrets(secrets, now).map(({ value }) => new Webhook(value).sign(id, now, body))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  }
}
