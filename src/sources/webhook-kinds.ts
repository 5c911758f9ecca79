import { discourseWebhook } from './discourse/webhook.ts'
import { sourceErrors } from './errors.ts'
import { githubWebhook } from './github/webhook.ts'
import type { WebhookKind } from './webhook.ts'
import { zendeskWebhook } from './zendesk/webhook.ts'

/** All kinds of webhooks. A new one takes a file, its fixtures and a line here. */
export const webhookKinds: readonly WebhookKind[] = [discourseWebhook, githubWebhook, zendeskWebhook]

/** @throws CodedError WEBHOOK_KIND_UNKNOWN, naming the known ones */
export function requireWebhookKind(name: string): WebhookKind {
  const kind = webhookKinds.find((each) => each.name === name)
  if (!kind) {
    const known = webhookKinds.map((each) => each.name).join(', ')
    throw sourceErrors.WEBHOOK_KIND_UNKNOWN({ kind: name, known })
  }
  return kind
}
