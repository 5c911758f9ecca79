import { lockFacet } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'

import { modelErrors } from '../errors.ts'
import type { ModelVersion, TrainingReport, VersionStatus } from './model-version.ts'

interface VersionRow {
  id: string
  facet_id: string
  number: number
  status: VersionStatus
  parent_id: string | null
  artefact_hash: string
  report: string
  reason: string
  annotations_seen: number
  labels_read_at: string
  created_at: string
  activated_at: string | null
  retired_at: string | null
}

type NewVersion = Pick<
  ModelVersion,
  'facetId' | 'parentId' | 'artefactHash' | 'report' | 'reason' | 'annotationsSeen'
> & { readonly status: 'candidate' | 'rejected' }

/** Which version predicts a facet, and where its artefact is. */
interface ActiveVersion {
  readonly versionId: string
  readonly version: number
  readonly facet: string
  readonly facetId: string
  readonly artefactHash: string
  /** Of its facet, as stated now. */
  readonly riskBudget: number
}

export type VersionStore = ReturnType<typeof createVersionStore>

/** Model versions: added and activated, never deleted; at most one of a facet is active. */
export function createVersionStore(db: Database, clock: Clock) {
  const versions = () => db.sql<VersionRow>('model_versions')

  return {
    /** One change of a facet's versions at a time (SQLite has one writer at all). */
    async lock(facetId: string): Promise<void> {
      await lockFacet(db, facetId)
    },

    /** Adds the facet's next version; under `lock`. */
    async add(version: NewVersion): Promise<ModelVersion> {
      const last = await versions()
        .where({ facet_id: version.facetId })
        .max<{ n: number | null }[]>('number as n')
      const row: VersionRow = {
        id: newId('mdl', clock.now()),
        facet_id: version.facetId,
        number: Number(last[0]?.n ?? 0) + 1,
        status: version.status,
        parent_id: version.parentId ?? null,
        artefact_hash: version.artefactHash,
        report: JSON.stringify(version.report),
        reason: version.reason,
        annotations_seen: version.annotationsSeen,
        labels_read_at: version.report.labelsReadAt,
        created_at: isoNow(clock),
        activated_at: null,
        retired_at: null,
      }
      await versions().insert(row)
      return present(row)
    },

    /** Puts a version in the place of the active one; under `lock`. @returns since when it is active */
    async activate(version: ModelVersion): Promise<string> {
      const now = isoNow(clock)
      await versions()
        .where({ facet_id: version.facetId, status: 'active' })
        .update({ status: 'retired', retired_at: now })
      await versions()
        .where({ id: version.id })
        .update({ status: 'active', activated_at: now, retired_at: null })
      return now
    },

    /** @throws CodedError MODEL_VERSION_NOT_FOUND */
    async require(
      facet: { readonly id: string; readonly name: string },
      number: number,
    ): Promise<ModelVersion> {
      const row = await versions().where({ facet_id: facet.id, number }).first()
      if (row === undefined) throw modelErrors.MODEL_VERSION_NOT_FOUND({ facet: facet.name, version: number })
      return present(row)
    },

    async byId(id: string): Promise<ModelVersion | undefined> {
      const row = await versions().where({ id }).first()
      return row && present(row)
    },

    async active(facetId: string): Promise<ModelVersion | undefined> {
      const row = await versions().where({ facet_id: facetId, status: 'active' }).first()
      return row && present(row)
    },

    /** The version trained last, whatever became of it. */
    async latest(facetId: string): Promise<ModelVersion | undefined> {
      const row = await versions().where({ facet_id: facetId }).orderBy('number', 'desc').first()
      return row && present(row)
    },

    /** Newest first. */
    async list(facetId: string, { cursor, limit = 20 }: PageQuery): Promise<Page<ModelVersion>> {
      const query = versions()
        .where({ facet_id: facetId })
        .orderBy('number', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('number', '<', decodeNumberCursor(cursor))
      const rows = (await query).map(present)
      return toPage(rows, limit, ({ id, number }) => ({ key: String(number), id }))
    },

    /** The active version of each facet, by facet name: one small query. */
    async allActive(): Promise<ActiveVersion[]> {
      return db
        .sql('model_versions as v')
        .join('facets as f', 'f.id', 'v.facet_id')
        .where('v.status', 'active')
        .orderBy('f.name')
        .select<ActiveVersion[]>({
          versionId: 'v.id',
          version: 'v.number',
          facet: 'f.name',
          facetId: 'v.facet_id',
          artefactHash: 'v.artefact_hash',
          riskBudget: 'f.risk_budget',
        })
    },
  }
}

function present(row: VersionRow): ModelVersion {
  return {
    id: row.id,
    facetId: row.facet_id,
    number: row.number,
    status: row.status,
    parentId: row.parent_id ?? undefined,
    artefactHash: row.artefact_hash,
    report: JSON.parse(row.report) as TrainingReport,
    reason: row.reason,
    annotationsSeen: row.annotations_seen,
    createdAt: row.created_at,
    activatedAt: row.activated_at ?? undefined,
    retiredAt: row.retired_at ?? undefined,
  }
}
