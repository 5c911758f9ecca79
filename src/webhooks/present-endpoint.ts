import type { Clock } from '../platform/index.ts'
import type { WebhookDeps } from './deps.ts'
import type { Endpoint } from './endpoint.ts'
import { inForce } from './secrets.ts'

export type EndpointView = ReturnType<typeof present>

/** Endpoints as they may be shown, without their secrets, with what waits for them. */
export async function presentEndpoints(
  { deliveries, clock }: Pick<WebhookDeps, 'deliveries' | 'clock'>,
  endpoints: readonly Endpoint[],
): Promise<EndpointView[]> {
  const backlog = await deliveries.backlog(endpoints.map(({ id }) => id))
  return endpoints.map((endpoint) => present(endpoint, backlog.get(endpoint.id), clock))
}

function present(
  { secrets, types, routing, holdUntil: _, ...endpoint }: Endpoint,
  backlog: { waiting: number; dead: number } | undefined,
  clock: Clock,
) {
  const old = inForce(secrets, clock.now()).flatMap(({ until }) => until ?? [])
  const { sources, destinations, activeWithinDays } = routing
  return {
    ...endpoint,
    types: [...types],
    routing: {
      ...(sources !== undefined && { sources: [...sources] }),
      ...(destinations !== undefined && { destinations: [...destinations] }),
      activeWithinDays,
    },
    ...(old.length > 0 && { oldSecretUntil: old.sort().at(-1)! }),
    ...(backlog ?? { waiting: 0, dead: 0 }),
  }
}
