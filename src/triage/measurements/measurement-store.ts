import type { Knex } from 'knex'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { joinReadableSources } from '../../ingest/readable-sources.ts'
import { joinBlindAnnotations, joinFacets } from '../../labels/label-queries.ts'
import { joinVersions } from '../../models/registry/version-queries.ts'
import { drawnThreads, perhapsLearned } from '../../models/training/audit-slice.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import { type Counters, keepUntilChanged } from '../../platform/database/change-counters.ts'
import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { joinPredictions } from '../predictions/prediction-queries.ts'
import type { Measurement, Measurements } from './measurement.ts'

/** An audited thread, with what the model in force predicts of it. */
export interface AuditedThread {
  readonly threadId: string
  readonly sourceId: string
  /** The label that the model assigned; absent where it abstained. */
  readonly assigned?: string
  /** Each agent's blind label, in the order in which they were given. */
  readonly given: readonly string[]
}

/** A measurement as it is kept. */
export type MeasurementRow = Omit<Measurement, 'facet' | 'source'> & { readonly sourceId: string }

interface StoredRow {
  facet: string
  source: string
  label: string
  audited: number
  assigned: number
  right_count: number
  budget: number
  acts: boolean | number
}

export type MeasurementStore = ReturnType<typeof createMeasurementStore>

const ROWS = 100

/** Measurements of labels on sources: made from the audit slice, and kept so that routing need not read it. */
export function createMeasurementStore(db: Database, clock: Clock) {
  const stored = (reader: Audience): Knex.QueryBuilder =>
    joinReadableSources(joinFacets(db.sql('label_measurements as m'), 'm.facet_id'), 'm.source_id', reader)
      .select({ facet: 'f.name', source: 's.name' })
      .select('m.label', 'm.audited', 'm.assigned', 'm.right_count', 'm.budget', 'm.acts')

  async function read(reader: Audience): Promise<Measurements> {
    const rows: StoredRow[] = await stored(reader)
    return indexed(rows.map(present))
  }

  const kept = new Map(
    AUDIENCES.map((reader) => [
      reader,
      keepUntilChanged(db, ['measurements', 'sources'], () => read(reader)),
    ]),
  )

  return {
    /** Threads of the audit slice that agents labelled blind on a facet, without those that the model may have learned from. */
    async auditedThreads(facetId: string): Promise<AuditedThread[]> {
      const drawn = joinReadableThreads(drawnThreads(db), 'd.thread_id', 'internal', { which: 'questioned' })
      const predicted = joinVersions(joinPredictions(drawn, 'd.thread_id'), 'p.version_id')
        .where('p.facet_id', facetId)
        .whereRaw('not ?', [perhapsLearned(db.sql, { draw: 'd', version: 'v', prediction: 'p' })])
      const labelled = joinBlindAnnotations(predicted, 'd.thread_id').where('n.facet_id', facetId)
      const ranked = labelled
        .select('d.thread_id', 't.source_id', 'p.decision', 'p.label as predicted', 'n.position')
        .select('l.name as label')
        .select(
          db.sql.raw(
            'row_number() over (partition by n.thread_id, n.actor_id order by n.position desc) as place',
          ),
        )
      const rows = await db.longRead<{
        thread_id: string
        source_id: string
        decision: string
        predicted: string
        label: string
      }>(db.sql(ranked.as('ranked')).where('place', 1).orderBy(['thread_id', 'position']))
      const threads = new Map<string, AuditedThread & { given: string[] }>()
      for (const row of rows) {
        const known = threads.get(row.thread_id)
        if (known !== undefined) known.given.push(row.label)
        else
          threads.set(row.thread_id, {
            threadId: row.thread_id,
            sourceId: row.source_id,
            assigned: row.decision === 'assigned' ? row.predicted : undefined,
            given: [row.label],
          })
      }
      return [...threads.values()]
    },

    /**
     * The measurements that a reader may know of: those of sources that they may see. Kept until one changes.
     *
     * @param counters read when the question was asked; read now if absent
     */
    current: (reader: Audience = 'internal', counters?: Counters): Promise<Measurements> =>
      kept.get(reader)!.current(counters),

    /** The same as a list, by source and label. */
    async of(facetId: string, reader: Audience): Promise<Measurement[]> {
      const rows: StoredRow[] = await stored(reader)
        .where('m.facet_id', facetId)
        .orderBy(['s.name', 'm.label'])
      return rows.map(present)
    },

    /**
     * Replaces the measurements of a facet, in the transaction in progress.
     *
     * @returns whether any label acts on a source where it did not, or no longer does
     */
    async replace(facetId: string, measured: readonly MeasurementRow[]): Promise<boolean> {
      const rows: (Omit<StoredRow, 'facet' | 'source'> & { source_id: string })[] = await db
        .sql('label_measurements')
        .where({ facet_id: facetId })
        .select('source_id', 'label', 'audited', 'assigned', 'right_count', 'budget', 'acts')
      const before = rows.map(({ source_id: sourceId, ...row }) => ({ sourceId, ...countsOf(row) }))
      // Whoever keeps measurements reads them again after each change.
      if (fingerprint(before) === fingerprint(measured)) return false
      await db.sql('label_measurements').where({ facet_id: facetId }).delete()
      const added = measured.map(({ sourceId, right, ...row }) => ({
        ...row,
        facet_id: facetId,
        source_id: sourceId,
        right_count: right,
        measured_at: isoNow(clock),
      }))
      for (let from = 0; from < added.length; from += ROWS)
        await db.sql('label_measurements').insert(added.slice(from, from + ROWS))
      const acting = (all: readonly MeasurementRow[]) =>
        fingerprint(
          all.filter(({ acts }) => acts),
          actingKey,
        )
      return acting(before) !== acting(measured)
    },
  }
}

interface OfSource {
  /** The same for each label. */
  readonly audited: number
  readonly byLabel: Map<string, Measurement>
  readonly acting: string[]
}

/** Measurements by facet, source and label. */
function indexed(measured: readonly Measurement[]): Measurements {
  const facets = new Map<string, Map<string, OfSource>>()
  for (const each of measured) {
    const sources = facets.get(each.facet) ?? new Map<string, OfSource>()
    const ofSource: OfSource = sources.get(each.source) ?? {
      audited: each.audited,
      byLabel: new Map(),
      acting: [],
    }
    ofSource.byLabel.set(each.label, each)
    if (each.acts) ofSource.acting.push(each.label)
    facets.set(each.facet, sources.set(each.source, ofSource))
  }
  return {
    find: (facet, label, source) => facets.get(facet)?.get(source)?.byLabel.get(label),
    audited: (facet, source) => facets.get(facet)?.get(source)?.audited ?? 0,
    acting: (facet, source) => facets.get(facet)?.get(source)?.acting ?? [],
  }
}

function actingKey({ sourceId, label }: MeasurementRow): string {
  return JSON.stringify([sourceId, label])
}

function wholeKey({ sourceId, label, audited, assigned, right, budget, acts }: MeasurementRow): string {
  return JSON.stringify([sourceId, label, audited, assigned, right, budget, acts])
}

/** Equal for the same measurements, in whatever order. */
function fingerprint(rows: readonly MeasurementRow[], keyOf = wholeKey): string {
  return rows.map(keyOf).sort().join('\n')
}

function present({ facet, source, ...row }: StoredRow): Measurement {
  return { facet, source, ...countsOf(row) }
}

function countsOf({ right_count: right, acts, ...row }: Omit<StoredRow, 'facet' | 'source'>) {
  return { ...row, right, acts: Boolean(acts) }
}
