import { defineErrors } from '../platform/errors.ts'

export const webhookErrors = defineErrors({
  WEBHOOK_NOT_FOUND: [404, 'There is no webhook endpoint {id}'],
  WEBHOOK_CONFLICT: [
    412,
    'Webhook endpoint {id} has changed since you read it: it is at version {version}. Read it again',
  ],
  WEBHOOK_URL_INVALID: [422, '"{url}" cannot be a webhook endpoint: {reason}'],
  WEBHOOK_URL_TAKEN: [409, 'There is a webhook endpoint for {url} already: {id}'],
  WEBHOOK_AUDIENCE_TOO_CLOSE: [
    403,
    'A webhook endpoint for {audience} can only be given by someone who sees that much',
  ],
  WEBHOOK_DISABLED: [409, 'Webhook endpoint {id} is disabled; enable it first'],
  WEBHOOK_DELIVERY_NOT_DEAD: [404, 'There is no delivery {id} that failed'],
})
