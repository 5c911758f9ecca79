import type { DeliveryStore } from './delivery-store.ts'

/** For the metrics page: webhooks that wait, and those given up. */
export function deliveryMetric(deliveries: DeliveryStore) {
  return {
    name: 'entraide_webhook_deliveries',
    help: 'Webhooks that are due or will be tried again, and those given up',
    labels: ['status'],
    async read() {
      const { waiting, dead } = await deliveries.counts()
      return [
        { labels: { status: 'waiting' }, value: waiting },
        { labels: { status: 'dead' }, value: dead },
      ]
    },
  }
}
