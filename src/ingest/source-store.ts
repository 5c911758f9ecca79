import type { Audience } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { stableId } from '../platform/ids.ts'
import { ingestErrors } from './errors.ts'

/** A community that threads come from. */
export interface Source {
  readonly id: string
  readonly name: string
  /** Format of its first import. */
  readonly format: string
  /** Who may see its threads. */
  readonly audience: Audience
  /** Where imports take `category` labels from. */
  readonly labelFrom?: LabelFrom
  /** Whether personal data is removed from records before they are stored. */
  readonly redact: boolean
  readonly createdAt: string
}

export type LabelFrom = 'tags'

interface SourceRow {
  id: string
  name: string
  format: string
  audience: Audience
  label_from: LabelFrom | null
  /** SQLite has no booleans. */
  redact: boolean | number
  created_at: string
}

export type SourceStore = ReturnType<typeof createSourceStore>

export function createSourceStore(db: Database, clock: Clock) {
  const sources = () => db.sql<SourceRow>('sources')

  async function byId(id: string): Promise<Source | undefined> {
    const row = await sources().where({ id }).first()
    return row === undefined ? undefined : present(row)
  }

  return {
    byId,

    /** @throws CodedError SOURCE_NOT_FOUND */
    async require(name: string): Promise<Source> {
      const row = await sources().where({ name }).first()
      if (row === undefined) throw ingestErrors.SOURCE_NOT_FOUND({ name })
      return present(row)
    },

    /** The source of this name, if there is one. */
    async find(name: string): Promise<Source | undefined> {
      const row = await sources().where({ name }).first()
      return row === undefined ? undefined : present(row)
    },

    async list(): Promise<Source[]> {
      return (await sources().orderBy('name')).map(present)
    },

    /** The source of this name, created if there is none. */
    async ensure(
      source: Pick<Source, 'name' | 'format' | 'audience' | 'labelFrom'> & Partial<Pick<Source, 'redact'>>,
    ): Promise<Source> {
      const id = stableId('src', source.name)
      await sources()
        .insert({
          id,
          name: source.name,
          format: source.format,
          audience: source.audience,
          label_from: source.labelFrom ?? null,
          redact: source.redact ?? false,
          created_at: isoNow(clock),
        })
        .onConflict('id')
        .ignore()
      return (await byId(id))!
    },

    /** Locks the source: until the current transaction ends, others wait before they write threads of the source. */
    async lock(id: string): Promise<void> {
      // On SQLite a write transaction locks the whole database already.
      if (db.dialect === 'postgres') await sources().select('id').where({ id }).forNoKeyUpdate()
    },

    /** Changes the settings of a source; `redact` keeps its value if it is absent. */
    async change(
      id: string,
      change: Pick<Source, 'audience' | 'labelFrom'> & Partial<Pick<Source, 'redact'>>,
    ): Promise<void> {
      await sources()
        .where({ id })
        .update({
          audience: change.audience,
          label_from: change.labelFrom ?? null,
          redact: change.redact,
        })
    },
  }
}

function present(row: SourceRow): Source {
  return {
    id: row.id,
    name: row.name,
    format: row.format,
    audience: row.audience,
    labelFrom: row.label_from ?? undefined,
    redact: Boolean(row.redact),
    createdAt: row.created_at,
  }
}
