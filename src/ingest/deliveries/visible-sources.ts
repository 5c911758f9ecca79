import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { deliveryErrors, threadErrors } from '../errors.ts'
import type { Source, SourceStore } from '../source-store.ts'

/**
 * The source of this name; to whoever does not see its threads there is none.
 *
 * @throws CodedError SOURCE_NOT_FOUND
 */
export async function requireVisible(
  sources: Pick<SourceStore, 'require'>,
  name: string,
  actor: Actor,
): Promise<Source> {
  return seen(await sources.require(name), actor)
}

/**
 * The source of this name, made when there is none: nobody makes one that they would not see.
 *
 * @throws CodedError SOURCE_NOT_FOUND, SOURCE_AUDIENCE_FORBIDDEN
 */
export async function ensureVisible(
  sources: Pick<SourceStore, 'find' | 'ensure'>,
  wanted: Pick<Source, 'name' | 'format' | 'audience'>,
  actor: Actor,
): Promise<Source> {
  const { audience } = wanted
  if ((await sources.find(wanted.name)) === undefined && !visibleTo(actor.audience).includes(audience))
    throw deliveryErrors.SOURCE_AUDIENCE_FORBIDDEN({ audience })
  return seen(await sources.ensure(wanted), actor)
}

function seen(source: Source, actor: Actor): Source {
  if (!visibleTo(actor.audience).includes(source.audience))
    throw threadErrors.SOURCE_NOT_FOUND({ name: source.name })
  return source
}

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
    lastImportAt: row.last_import ?? undefined,
    lastDeliveryAt: row.last_delivery ?? undefined,
  }))
}
