import type { Audience } from '../access/index.ts'
import type { Facet } from '../labels/index.ts'
import type { BlindVotes, DrawnCase, Judged, Period } from './audit-case-store.ts'
import {
  type AuditCase,
  type AuditFigures,
  auditFigures,
  type LabelAuditFigures,
  type LanguageFigures,
  labelFigures,
  languageFigures,
} from './audit-figures.ts'
import type { InsightDeps } from './deps.ts'
import { findMisroutes } from './find-misroutes.ts'
import { readPeriod } from './period.ts'
import { describeAudit } from './say-audit.ts'
import { settleTruth } from './settle-truth.ts'
import type { Sentences } from './wording.ts'

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
  /** Threads, drawn or not, that someone reported as misrouted in the period. */
  readonly reportedMisroutes: number
  readonly summary: Sentences
}

type AuditDeps = Pick<InsightDeps, 'facets' | 'cases' | 'threads' | 'ruleSets'>

/**
 * Live figures from the audit slice, of threads that the reader may see.
 *
 * @throws CodedError FACET_NOT_FOUND, PERIOD_INVALID, PERIOD_EMPTY
 */
export async function auditReport(deps: AuditDeps, query: AuditReportQuery): Promise<AuditReport> {
  const period = readPeriod(query)
  const facet = await deps.facets.require(query.facet)
  const cases = await auditCases(deps, facet, { ...query, ...period })
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
    reportedMisroutes,
    summary: describeAudit({
      ...{ facet: facet.name, figures, reported: reportedMisroutes },
      inPeriod: period.from !== undefined || period.to !== undefined,
    }),
  }
}

/** The drawn threads with the label that agents gave them blind, and what that says of their routing. */
export async function auditCases(
  deps: AuditDeps,
  facet: Facet,
  query: Omit<AuditReportQuery, 'facet'>,
): Promise<AuditCase[]> {
  const drawn = await deps.cases.drawn({ ...query, facetId: facet.id })
  const truths = settle(await deps.cases.blindVotes(query.reader))
  const labelled = new Map(
    drawn.flatMap(({ threadId }) => {
      const own = truths.get(threadId)
      return own?.has(facet.name) ? [[threadId, own] as const] : []
    }),
  )
  const routings =
    query.judged === 'routed' ? await findMisroutes(deps, facet.id, labelled) : new Map<string, never>()
  return drawn.map((each: DrawnCase): AuditCase => {
    const truth = labelled.get(each.threadId)?.get(facet.name)
    const routing = routings.get(each.threadId)
    return { ...each, ...(truth !== undefined && { truth }), ...(routing !== undefined && { routing }) }
  })
}

/** Label by facet, of each thread. */
function settle(votes: BlindVotes): Map<string, ReadonlyMap<string, string>> {
  return new Map(
    [...votes].map(([threadId, byFacet]) => [
      threadId,
      new Map([...byFacet].flatMap(([facet, labels]) => [[facet, settleTruth(labels) as string] as const])),
    ]),
  )
}
