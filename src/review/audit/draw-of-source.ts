import type { Actor } from '../../access/actor.ts'
import { requireReadableSource } from '../../ingest/readable-sources.ts'
import type { ReviewDeps } from '../deps.ts'
import { snapshotAudited } from './draw-audit-slice.ts'

export interface SourceDraw {
  readonly facet: string
  readonly source: string
  /** How many threads of the source the audit slice should hold at least. */
  readonly threads: number
  readonly actor: Actor
}

export interface SourceDrawn {
  readonly facet: string
  readonly source: string
  /** Threads added to the audit slice. */
  readonly added: number
  /** Threads of the source in the slice by now; fewer than asked for where the source has no more. */
  readonly drawn: number
}

type Deps = Pick<
  ReviewDeps,
  | 'db'
  | 'clock'
  | 'threads'
  | 'facets'
  | 'sources'
  | 'auditSlice'
  | 'predictions'
  | 'measurements'
  | 'ruleSets'
  | 'snapshots'
  | 'audit'
>

/**
 * Adds threads of a source to the audit slice, at random, until it holds so many: the share that is always drawn is too
 * small to measure a small source by. Threads that agents labelled on the facet already are left out, as they cannot be
 * labelled blind. No training uses drawn threads from then on, in any facet.
 *
 * @throws CodedError FACET_NOT_FOUND, SOURCE_NOT_FOUND
 */
export async function drawOfSource(deps: Deps, { actor, ...wanted }: SourceDraw): Promise<SourceDrawn> {
  const facet = await deps.facets.require(wanted.facet)
  const source = await requireReadableSource(deps.sources, wanted.source, actor)
  return deps.db.transaction(async () => {
    const before = await deps.auditSlice.countOf(source.id)
    const missing = Math.max(0, wanted.threads - before)
    const added = await deps.auditSlice.undrawnOf(source.id, facet.id, missing)
    await deps.auditSlice.add(added)
    await snapshotAudited(deps, added)
    const drawn = {
      facet: facet.name,
      source: source.name,
      added: added.length,
      drawn: before + added.length,
    }
    if (added.length > 0) await deps.audit.record('audit-slice.drawn', actor, source.id, { after: drawn })
    return drawn
  })
}
