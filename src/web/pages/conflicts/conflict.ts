import { useSearchParams } from 'wouter-preact'
import { type QueryValue, queryString } from '../../api/client.ts'
import { type Resource, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'

export type Conflict = Get<'/api/conflicts/{id}'>
export type Annotation = ItemOf<Get<'/api/threads/{id}/annotations'>>
type Conflicts = Get<'/api/conflicts'>

export const KINDS = ['dispute', 'ratings', 'suspect', 'near-duplicate'] as const
export type Kind = (typeof KINDS)[number]

export interface Filters extends Readonly<Record<string, QueryValue>> {
  readonly facet?: string
  readonly kind?: string
  readonly closed?: boolean
}

/** Which conflicts are shown, from the address. */
export function useFilters(): {
  readonly filters: Filters
  /** For links that keep them. */
  readonly query: string
  change(changes: Readonly<Record<string, string>>): void
} {
  const [search, setSearch] = useSearchParams()
  const filters: Filters = {
    facet: search.get('facet') ?? undefined,
    kind: search.get('kind') ?? undefined,
    closed: search.has('closed') || undefined,
  }
  return {
    filters,
    query: queryString(filters),
    change: (changes) =>
      setSearch((before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes))
          if (value === '') after.delete(name)
          else after.set(name, value)
        return after
      }),
  }
}

const SHOWN = 100

/** The most doubtful first. */
export function useConflicts(filters: Filters): Resource<Conflicts> {
  return useResource<Conflicts>('/conflicts', { query: { ...filters, limit: SHOWN }, keepPrevious: true })
}

/** One label of a conflict, and what speaks for it. */
export interface Side {
  readonly label: string
  readonly isInForce: boolean
  readonly reasons: readonly Reason[]
}

export type Reason =
  | {
      readonly kind: 'annotation'
      readonly name: string
      readonly at: string
      readonly provenance: Annotation['provenance']
      readonly blind: boolean
      readonly note?: string
    }
  | { readonly kind: 'model'; readonly ownConfidence: number }
  | {
      readonly kind: 'near-duplicate'
      readonly threadId: string
      readonly title: string
      readonly likeness: number
    }

/** The labels that contradict one another, the one in force first, each with who gave it and why. */
export function sidesOf(
  { label: inForce, facet, grounds }: Conflict,
  annotations: readonly Annotation[],
): readonly Side[] {
  const sides = new Map<string, Reason[]>()
  const add = (label: string, ...reasons: readonly Reason[]) =>
    sides.set(label, [...(sides.get(label) ?? []), ...reasons])
  if (inForce !== undefined) add(inForce)
  for (const { facet: of, revoked, label, provenance, actor, blind, note, createdAt: at } of annotations)
    if (of === facet && revoked === undefined)
      add(label, { kind: 'annotation', name: actor.name, at, provenance, blind, note })
  for (const { kind, likely, ownConfidence = 0, threadId, title = '', label, likeness = 0 } of grounds) {
    if (kind === 'suspect' && likely !== undefined) add(likely, { kind: 'model', ownConfidence })
    if (kind === 'near-duplicate' && label !== undefined && threadId !== undefined)
      add(label, { kind, threadId, title, likeness })
  }
  return [...sides].map(([label, reasons]) => ({ label, isInForce: label === inForce, reasons }))
}
