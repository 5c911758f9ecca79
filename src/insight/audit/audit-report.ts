import type { Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import { majorityLabel } from '../../labels/majority-label.ts'
import { defineErrors } from '../../platform/errors.ts'
import type { Sentences } from '../../text/wording.ts'
import type { InsightDeps } from '../deps.ts'
import type { BlindLabels, Judged, Period } from './audit-case-store.ts'
import {
  type AuditCase,
  type AuditFigures,
  auditFigures,
  type LabelAuditFigures,
  type LanguageFigures,
  labelFigures,
  languageFigures,
} from './audit-figures.ts'
import { describeAudit } from './describe-audit.ts'
import { findMisroutes } from './find-misroutes.ts'

export interface AuditReportQuery extends Period {
  readonly facet: string
  readonly judged: Judged
  readonly reader: Audience
}

/** How good a facet's model is on threads drawn at random, as agents labelled them blind. */
export interface AuditReport extends Period {
  readonly facet: string
  readonly judged: Judged
  /** Numbers of the versions whose predictions are judged. */
  readonly versions: readonly number[]
  readonly figures: AuditFigures
  readonly languages: readonly LanguageFigures[]
  readonly labels: readonly LabelAuditFigures[]
  /**
   * Threads of the slice that were labelled blind without a prediction to judge, such as one made when they were drawn.
   * They are in no period.
   */
  readonly unpredicted: number
  /** Threads, drawn or not, that someone reported as misrouted in the period. */
  readonly reportedMisroutes: number
  readonly summary: Sentences
}

type AuditDeps = Pick<InsightDeps, 'facets' | 'cases' | 'threads' | 'ruleSets'>

/**
 * Figures from the audit slice as it is now, over the threads that the reader may see.
 *
 * @throws CodedError FACET_NOT_FOUND, PERIOD_INVALID, PERIOD_EMPTY
 */
export async function auditReport(deps: AuditDeps, query: AuditReportQuery): Promise<AuditReport> {
  const period = readPeriod(query)
  const facet = await deps.facets.require(query.facet)
  const { cases, unpredicted } = await readCases(deps, facet, { ...query, ...period })
  const figures = auditFigures(cases)
  const reportedMisroutes = await deps.cases.reportedMisroutes(query.reader, period)
  return {
    facet: facet.name,
    judged: query.judged,
    ...period,
    versions: [...new Set(cases.map(({ version }) => version))].sort((a, b) => a - b),
    figures,
    languages: languageFigures(cases),
    labels: labelFigures(cases),
    unpredicted,
    reportedMisroutes,
    summary: describeAudit({
      facet: facet.name,
      figures,
      unpredicted,
      reported: reportedMisroutes,
      inPeriod: period.from !== undefined || period.to !== undefined,
    }),
  }
}

/** Drawn threads with the label that agents gave them blind, and whether that would have routed them the same. */
export async function auditCases(
  deps: AuditDeps,
  facet: Facet,
  query: Omit<AuditReportQuery, 'facet'>,
): Promise<AuditCase[]> {
  return (await readCases(deps, facet, query)).cases
}

async function readCases(deps: AuditDeps, facet: Facet, query: Omit<AuditReportQuery, 'facet'>) {
  const drawn = await deps.cases.drawn({ ...query, facetId: facet.id })
  const trueLabels = majorityLabels(await deps.cases.blindLabels(query.reader))
  const labelled = new Map(
    drawn.flatMap(({ threadId }) => {
      const own = trueLabels.get(threadId)
      return own?.has(facet.name) ? [[threadId, own] as const] : []
    }),
  )
  const routings =
    query.judged === 'routed' ? await findMisroutes(deps, facet.id, labelled) : new Map<string, never>()
  const cases = drawn.map(
    (each): AuditCase => ({
      ...each,
      trueLabel: labelled.get(each.threadId)?.get(facet.name),
      routing: routings.get(each.threadId),
    }),
  )
  const isPeriod = query.from !== undefined || query.to !== undefined
  const labelledBlind = [...trueLabels.values()].filter((own) => own.has(facet.name)).length
  return { cases, unpredicted: isPeriod ? 0 : labelledBlind - labelled.size }
}

/** The true label of each thread, by facet. */
function majorityLabels(given: BlindLabels): Map<string, ReadonlyMap<string, string>> {
  return new Map(
    [...given].map(([threadId, byFacet]) => [
      threadId,
      new Map([...byFacet].flatMap(([facet, labels]) => [[facet, majorityLabel(labels) as string] as const])),
    ]),
  )
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/

/**
 * Reads a period; a date stands for the beginning of that day in UTC.
 *
 * @throws CodedError PERIOD_INVALID, PERIOD_EMPTY
 */
export function readPeriod({ from, to }: Period): Period {
  const [start, end] = [from, to].map((text) => (text === undefined ? undefined : instant(text)))
  if (start !== undefined && end !== undefined && start >= end) throw insightErrors.PERIOD_EMPTY({ from, to })
  return { from: start, to: end }
}

function instant(text: string): string {
  const time = DATE.test(text) ? Date.parse(text) : Number.NaN
  // `Date` reads 31 February as 3 March.
  if (
    Number.isNaN(time) ||
    new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== Number(text.slice(8, 10))
  )
    throw insightErrors.PERIOD_INVALID({ value: text })
  return new Date(time).toISOString()
}

export const insightErrors = defineErrors({
  PERIOD_INVALID: [400, '"{value}" is not a date. Use a form such as 2026-01-31 or 2026-01-31T09:30:00Z.'],
  PERIOD_EMPTY: [400, 'The period is empty: {from} is not before {to}'],
})
