import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { stableId } from '../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../platform/page.ts'
import type { PageQuery } from '../platform/page-schema.ts'
import { createCostStore } from './costs/cost-store.ts'
import { labelErrors } from './errors.ts'
import { DEFAULT_RISK_BUDGET, type Facet, type Label, type ProtectiveLabel } from './facet.ts'

interface FacetRow {
  id: string
  name: string
  description: string
  risk_budget: number
  /** 0 or 1 on SQLite. */
  require_parity: boolean
  created_at: string
}

interface LabelRow {
  id: string
  facet_id: string
  name: string
  description: string
  risk_budget: number | null
  protect_from: number | null
  created_at: string
}

export type FacetStore = ReturnType<typeof createFacetStore>

const ROWS = 200

/** Facets and their labels. Ids follow from names, so that concurrent imports create the same label. */
export function createFacetStore(db: Database, clock: Clock) {
  const facets = () => db.sql<FacetRow>('facets')
  const labels = () => db.sql<LabelRow>('labels')

  const facetRow = (facet: Omit<Facet, 'id'>): FacetRow => ({
    id: stableId('fct', facet.name),
    name: facet.name,
    description: facet.description,
    risk_budget: facet.riskBudget,
    require_parity: facet.requireParity,
    created_at: isoNow(clock),
  })
  const labelRow = (facetId: string, name: string, description: string): LabelRow => ({
    id: stableId('lbl', facetId, name),
    facet_id: facetId,
    name,
    description,
    risk_budget: null,
    protect_from: null,
    created_at: isoNow(clock),
  })

  async function find(name: string): Promise<Facet | undefined> {
    const row = await facets().where({ name }).first()
    return row && presentFacet(row)
  }

  async function findLabel(facetId: string, name: string): Promise<Label | undefined> {
    const row = await labels().where({ facet_id: facetId, name }).first()
    return row && presentLabel(row)
  }

  return {
    costs: createCostStore(db),

    /** @throws CodedError FACET_NOT_FOUND */
    async require(name: string): Promise<Facet> {
      const facet = await find(name)
      if (facet === undefined) throw labelErrors.FACET_NOT_FOUND({ facet: name })
      return facet
    },

    /** All facets, by name; there are few. */
    async all(): Promise<Facet[]> {
      return (await facets().orderBy('name')).map(presentFacet)
    },

    /** @throws CodedError FACET_EXISTS */
    async add(facet: Omit<Facet, 'id'>): Promise<Facet> {
      const row = facetRow(facet)
      const added = await facets().insert(row).onConflict().ignore().returning('id')
      if (added.length === 0) throw labelErrors.FACET_EXISTS({ facet: facet.name })
      return presentFacet(row)
    },

    /** The facet of this name, created if missing. */
    async ensure(name: string): Promise<Facet> {
      const known = await find(name)
      if (known !== undefined) return known
      const row = facetRow({ name, description: '', riskBudget: DEFAULT_RISK_BUDGET, requireParity: false })
      await facets().insert(row).onConflict().ignore()
      return (await find(name)) ?? presentFacet(row)
    },

    /** Changes the stated properties of a facet. */
    async change(
      id: string,
      change: { description?: string; riskBudget?: number; requireParity?: boolean },
    ): Promise<void> {
      const { description, riskBudget, requireParity } = change
      const columns = { description, risk_budget: riskBudget, require_parity: requireParity }
      if (hasValues(columns)) await facets().where({ id }).update(columns)
    },

    /** A facet's labels, by name. */
    async labels(facetId: string, { cursor, limit = 20 }: PageQuery): Promise<Page<Label>> {
      const query = labels()
        .where({ facet_id: facetId })
        .orderBy('name')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('name', '>', decodeCursor(cursor).key)
      const rows = (await query).map(presentLabel)
      return toPage(rows, limit, ({ id, name }) => ({ key: name, id }))
    },

    /** @throws CodedError LABEL_NOT_FOUND */
    async requireLabel(facet: Facet, name: string): Promise<Label> {
      const label = await findLabel(facet.id, name)
      if (label === undefined) throw labelErrors.LABEL_NOT_FOUND({ facet: facet.name, label: name })
      return label
    },

    /** @throws CodedError LABEL_EXISTS */
    async addLabel(facet: Facet, name: string, description: string): Promise<Label> {
      const row = labelRow(facet.id, name, description)
      const added = await labels().insert(row).onConflict().ignore().returning('id')
      if (added.length === 0) throw labelErrors.LABEL_EXISTS({ facet: facet.name, label: name })
      return presentLabel(row)
    },

    /** Label name → id for these names; missing labels are created. */
    async ensureLabels(facetId: string, names: readonly string[]): Promise<Map<string, string>> {
      const ids = new Map<string, string>()
      for (let from = 0; from < names.length; from += ROWS) {
        const chunk = names.slice(from, from + ROWS)
        const known = await labels().where({ facet_id: facetId }).whereIn('name', chunk)
        for (const row of known) ids.set(row.name, row.id)
        const missing = chunk.filter((name) => !ids.has(name)).map((name) => labelRow(facetId, name, ''))
        if (missing.length > 0) await labels().insert(missing).onConflict().ignore()
        for (const row of missing) ids.set(row.name, row.id)
      }
      return ids
    },

    /** Label name → description, of labels that have one. */
    async descriptions(facetId: string): Promise<Record<string, string>> {
      const rows = await labels().where({ facet_id: facetId }).whereNot({ description: '' }).orderBy('name')
      return Object.fromEntries(rows.map(({ name, description }) => [name, description]))
    },

    /** Facet id → label name → risk budget, of labels that have their own. */
    async labelBudgets(): Promise<Map<string, Readonly<Record<string, number>>>> {
      const rows = await labels().whereNotNull('risk_budget').orderBy(['facet_id', 'name'])
      const budgets = new Map<string, Record<string, number>>()
      for (const { facet_id: facetId, name, risk_budget: budget } of rows)
        budgets.set(facetId, { ...budgets.get(facetId), [name]: budget! })
      return budgets
    },

    /** Labels that protect threads. */
    async protective(): Promise<ProtectiveLabel[]> {
      return labels()
        .join('facets as f', 'f.id', 'labels.facet_id')
        .whereNotNull('labels.protect_from')
        .orderBy(['f.name', 'labels.name'])
        .select({ facet: 'f.name', label: 'labels.name', from: 'labels.protect_from' })
    },

    /** @param change null removes the label's own `riskBudget`, or its protection */
    async changeLabel(
      id: string,
      change: { description?: string; riskBudget?: number | null; protectFrom?: number | null },
    ): Promise<void> {
      const { description, riskBudget, protectFrom } = change
      const columns = { description, risk_budget: riskBudget, protect_from: protectFrom }
      if (hasValues(columns)) await labels().where({ id }).update(columns)
    },
  }
}

/** Whether an update would change any column: knex refuses one that does not. */
function hasValues(columns: object): boolean {
  return Object.values(columns).some((value) => value !== undefined)
}

function presentFacet(row: FacetRow): Facet {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    riskBudget: row.risk_budget,
    requireParity: Boolean(row.require_parity),
  }
}

function presentLabel(row: LabelRow): Label {
  return {
    id: row.id,
    facetId: row.facet_id,
    name: row.name,
    description: row.description,
    riskBudget: row.risk_budget ?? undefined,
    protectFrom: row.protect_from ?? undefined,
  }
}
