import { type Audience, visibleTo } from '../../access/index.ts'
import type { Database } from '../../platform/index.ts'

export interface SourceOverview {
  readonly name: string
  readonly format: string
  readonly audience: Audience
  /** Whether personal data is taken out of its texts. */
  readonly redact: boolean
  readonly createdAt: string
  readonly lastImportAt?: string
  readonly lastDeliveryAt?: string
}

interface OverviewRow {
  name: string
  format: string
  audience: Audience
  redact: boolean | number
  created_at: string
  last_import: string | null
  last_delivery: string | null
}

/** The sources whose threads a reader may see, by name, with when each last told anything. */
export async function listSources(db: Database, reader: Audience): Promise<SourceOverview[]> {
  const rows: OverviewRow[] = await db
    .sql('sources as s')
    .select('s.name', 's.format', 's.audience', 's.redact', 's.created_at')
    .select({
      last_import: db.sql('imports').max('started_at').where('source_id', db.sql.ref('s.id')),
      // Ids begin with the time: the last one is found in the index without looking at the others.
      last_delivery: db
        .sql('received_deliveries')
        .select('received_at')
        .where('source_id', db.sql.ref('s.id'))
        .orderBy('id', 'desc')
        .limit(1),
    })
    .whereIn('s.audience', visibleTo(reader))
    .orderBy('s.name')
  return rows.map((row) => ({
    name: row.name,
    format: row.format,
    audience: row.audience,
    redact: Boolean(row.redact),
    createdAt: row.created_at,
    ...(row.last_import !== null && { lastImportAt: row.last_import }),
    ...(row.last_delivery !== null && { lastDeliveryAt: row.last_delivery }),
  }))
}
