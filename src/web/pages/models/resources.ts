import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { type Resource, refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'

export type Version = ItemOf<Get<'/api/models/{facet}/versions'>>
export type FacetModels = ItemOf<Get<'/api/models'>>

/** What every page about a facet's models is given. */
export interface About {
  readonly facet: string
  /** Newest first. */
  readonly versions: readonly Version[]
  /** The version of the address, else the active one, else the newest. */
  readonly version: Version
}

/** Below `/api`. */
export function pathOf(facet: string, ...rest: readonly (string | number)[]): string {
  return ['/models', encodeURIComponent(facet), ...rest].join('/')
}

export function useModels() {
  return useResource<Get<'/api/models'>>('/models')
}

export function useVersions(facet: string) {
  return useEndless<Version>(pathOf(facet, 'versions'), { limit: 100 })
}

/** A figure of a version, such as `confusion`. */
export function useFigure<T>(
  { facet, version }: Pick<About, 'facet' | 'version'>,
  figure: string,
): Resource<T> {
  return useResource<T>(pathOf(facet, 'versions', version.version, figure), { keepPrevious: true })
}

export async function activate(facet: string, version: number): Promise<void> {
  await call('POST', pathOf(facet, 'versions', version, 'activate'))
  refresh('/models', '/facets', '/insight')
}

export async function train(facet: string): Promise<void> {
  await call('POST', pathOf(facet, 'train'))
}

export async function setBudget(facet: string, riskBudget: number): Promise<void> {
  await call('PATCH', `/facets/${encodeURIComponent(facet)}`, { body: { riskBudget } })
  refresh('/models', '/facets')
}
