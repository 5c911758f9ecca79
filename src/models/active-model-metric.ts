import type { ModelRegistry } from './model-registry.ts'

/** For the metrics page: which version answers, a facet. */
export function activeModelMetric(registry: ModelRegistry) {
  return {
    name: 'entraide_active_model_version',
    help: 'Number of the active model version',
    labels: ['facet'],
    async read() {
      const active = await registry.active()
      return active.map(({ facet, version }) => ({ labels: { facet }, value: version }))
    },
  }
}
