import { expect } from 'vitest'
import type { Service } from '../../support/service.ts'
import { administrator } from './workbench.ts'

/** Adds a facet with labels as a person does, by the service: a process for each label would take most of the time. */
export async function addFacet(
  service: Service,
  facet: string,
  labels: readonly string[] = [],
): Promise<void> {
  const key = await administrator(service.address)
  const add = async (path: string, name: string) => {
    const { status, body } = await service.call(path, { key, body: { name } })
    expect(status, JSON.stringify(body)).toBe(201)
  }
  await add('/api/facets', facet)
  for (const label of labels) await add(`/api/facets/${facet}/labels`, label)
}
