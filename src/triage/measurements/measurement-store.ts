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
      const acting: { source_id: string; label: string }[] = await db
        .sql('label_measurements')
        .where({ facet_id: facetId })
        .whereRaw('acts')
        .select('source_id', 'label')
      await db.sql('label_measurements').where({ facet_id: facetId }).delete()
      const rows = measured.map(({ sourceId, label, audited, assigned, right, budget, acts }) => ({
        facet_id: facetId,
        source_id: sourceId,
        label,
        audited,
        assigned,
        right_count: right,
        budget,
        acts,
        measured_at: isoNow(clock),
      }))
      for (let from = 0; from < rows.length; from += ROWS)
        await db.sql('label_measurements').insert(rows.slice(from, from + ROWS))
      const before = acting.map((row) => keyOf(row.source_id, row.label)).sort()
      const after = measured
        .filter(({ acts }) => acts)
        .map(({ sourceId, label }) => keyOf(sourceId, label))
        .sort()
      return before.join('\n') !== after.join('\n')
    },
  }
}

interface OfSource {
  /** The same for each label. */
  readonly audited: number
  readonly byLabel: Map<string, Measurement>
}

/** Measurements by facet, source and label. */
function indexed(measured: readonly Measurement[]): Measurements {
  const facets = new Map<string, Map<string, OfSource>>()
  for (const each of measured) {
    const sources = facets.get(each.facet) ?? new Map<string, OfSource>()
    const ofSource: OfSource = sources.get(each.source) ?? { audited: each.audited, byLabel: new Map() }
    ofSource.byLabel.set(each.label, each)
    facets.set(each.facet, sources.set(each.source, ofSource))
  }
  return {
    find: (facet, label, source) => facets.get(facet)?.get(source)?.byLabel.get(label),
    audited: (facet, source) => facets.get(facet)?.get(source)?.audited ?? 0,
  }
}

function keyOf(one: string, other: string): string {
  return JSON.stringify([one, other])
}

function present(row: StoredRow): Measurement {
  return {
    facet: row.facet,
    label: row.label,
    source: row.source,
    audited: row.audited,
    assigned: row.assigned,
    right: row.right_count,
    budget: row.budget,
    acts: Boolean(row.acts),
  }
}
