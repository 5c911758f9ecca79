import type { LearningCurve } from '../../learning/curves/learning-curve.ts'
import { joinVersions } from '../../models/registry/version-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** The learning curve of a facet as it was measured after a version was activated. */
interface StoredCurve {
  /** Number of that version. */
  readonly version: number
  /** Labelled threads that it was measured on. */
  readonly labels: number
  readonly curve: LearningCurve
  readonly measuredAt: string
}

interface CurveRow {
  version_id: string
  facet_id: string
  labels: number
  curve: string
  measured_at: string
}

interface NewCurve {
  readonly facetId: string
  readonly versionId: string
  readonly labels: number
  readonly curve: LearningCurve
}

export type CurveStore = ReturnType<typeof createCurveStore>

/** Learning curves, one a version at most. */
export function createCurveStore(db: Database, clock: Clock) {
  return {
    /** Adds a curve, unless the version has one already. */
    async add({ facetId, versionId, labels, curve }: NewCurve): Promise<void> {
      const row: CurveRow = {
        version_id: versionId,
        facet_id: facetId,
        labels,
        curve: JSON.stringify(curve),
        measured_at: isoNow(clock),
      }
      await db.sql<CurveRow>('learning_curves').insert(row).onConflict('version_id').ignore()
    },

    /** The curve of a facet that was measured last. */
    async latest(facetId: string): Promise<StoredCurve | undefined> {
      const row: (CurveRow & { number: number }) | undefined = await joinVersions(
        db.sql('learning_curves as c'),
        'c.version_id',
      )
        .where('c.facet_id', facetId)
        .orderBy([
          { column: 'c.measured_at', order: 'desc' },
          { column: 'v.number', order: 'desc' },
        ])
        .first('c.*', 'v.number')
      if (row === undefined) return undefined
      const { number: version, labels, curve, measured_at: measuredAt } = row
      return { version, labels, curve: JSON.parse(curve), measuredAt }
    },
  }
}
