import { joinFacets } from '../../labels/label-queries.ts'
import { joinVersions } from '../../models/registry/version-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import type { DriftReport, StoredReport } from './drift-report.ts'
import type { DriftModel } from './read-posts.ts'

interface ReportRow {
  id: string
  facet_id: string
  version_id: string
  day: string
  measured_at: string
  report: string
}

export type ReportStore = ReturnType<typeof createReportStore>

/** One report a facet and day; a later one of the same day replaces it. */
export function createReportStore(db: Database, clock: Clock) {
  const joined = () =>
    joinVersions(joinFacets(db.sql('drift_reports as r'), 'r.facet_id'), 'r.version_id').select<
      (ReportRow & { facet: string; number: number })[]
    >('r.*', 'f.name as facet', 'v.number')

  const idOf = (facetId: string, day: string) => stableId('dft', facetId, day)

  return {
    async find(facetId: string, day: string): Promise<StoredReport | undefined> {
      const row = (await joined().where('r.id', idOf(facetId, day)))[0]
      return row && present(row)
    },

    async put(model: DriftModel, day: string, report: DriftReport): Promise<StoredReport> {
      const row: ReportRow = {
        id: idOf(model.facetId, day),
        facet_id: model.facetId,
        version_id: model.versionId,
        day,
        measured_at: isoNow(clock),
        report: JSON.stringify(report),
      }
      await db.sql<ReportRow>('drift_reports').insert(row).onConflict('id').merge()
      return present({ ...row, facet: model.facet, number: model.version })
    },

    /** Reports of a facet, the latest first. */
    async list(facetId: string, { cursor, limit = 20 }: PageQuery): Promise<Page<StoredReport>> {
      const query = joined()
        .where('r.facet_id', facetId)
        .orderBy('r.day', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('r.day', '<', decodeCursor(cursor).key)
      return toPage((await query).map(present), limit, ({ day, id }) => ({ key: day, id }))
    },
  }
}

function present(row: ReportRow & { facet: string; number: number }): StoredReport {
  return {
    id: row.id,
    facet: row.facet,
    facetId: row.facet_id,
    modelVersion: row.number,
    day: row.day,
    measuredAt: row.measured_at,
    ...(JSON.parse(row.report) as DriftReport),
  }
}
