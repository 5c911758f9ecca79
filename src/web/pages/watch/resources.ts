import { useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'

export type Audit = Get<'/api/insight/audit'>
export type Parity = Get<'/api/insight/parity'>
export type Alert = ItemOf<Get<'/api/insight/alerts'>>
export type DriftReport = ItemOf<Get<'/api/insight/drift'>>
export type Topic = ItemOf<Get<'/api/insight/topics'>>

/** What every page that watches is given. */
export interface About {
  readonly facet: string
}

export interface AuditQuestion extends About {
  readonly judged?: string
  readonly from?: string
  readonly to?: string
}

export function useAudit({ facet, judged, from, to }: AuditQuestion) {
  return useResource<Audit>('/insight/audit', { query: { facet, judged, from, to }, keepPrevious: true })
}

export function useParity({ facet }: About) {
  return useResource<Parity>('/insight/parity', { query: { facet } })
}

export function useAlerts({
  facet,
  resolved = false,
  cursor,
}: About & { resolved?: boolean; cursor?: string }) {
  return useResource<Get<'/api/insight/alerts'>>('/insight/alerts', { query: { facet, resolved, cursor } })
}

export function useDrift({ facet }: About) {
  return useResource<Get<'/api/insight/drift'>>('/insight/drift', { query: { facet, limit: 14 } })
}

export function useTopics({ facet, status = 'open', cursor }: About & { status?: string; cursor?: string }) {
  return useResource<Get<'/api/insight/topics'>>('/insight/topics', { query: { facet, status, cursor } })
}
