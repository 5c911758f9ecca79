import type { Actor } from '../../access/actor.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { type Reader, readableArticles, readerOf } from '../readable-articles.ts'
import type { Candidate, CandidateState, Demand } from './candidate.ts'
import type { Decision } from './decisions/decision-store.ts'
import type { CandidateDeps } from './deps.ts'
import { viewsAMonth } from './gather-threads.ts'
import { contactCost, type Factors, factorsOf, worthOf } from './ranking/worth.ts'
import type { CandidateType, Quote, TypingEvidence } from './typing/types.ts'

interface Named {
  readonly id: string
  readonly title: string
}

/** A candidate as lists show it. */
export interface CandidateView {
  readonly id: string
  readonly type: CandidateType
  readonly state: CandidateState
  readonly language: string
  readonly category?: string
  /** The thread that an article would be made from. */
  readonly lead: Named & { readonly source: string; readonly createdAt: string }
  /** The article that it completes, is answered by, or contradicts. */
  readonly article?: Named & { readonly confidence: string }
  /** Euros a month that an article would save. */
  readonly worth: number
  /** What the worth is computed from. */
  readonly demand: Demand
  /** The article that it became or was linked to. */
  readonly outcome?: Named
  readonly mergedInto?: string
  readonly decision?: Pick<Decision, 'id' | 'decision' | 'reason' | 'note' | 'actor' | 'at'>
}

/** A candidate with all that its type and its worth rest on. */
export interface CandidateDetails extends CandidateView {
  readonly threads: readonly (Named & {
    readonly source: string
    readonly createdAt: string
    readonly resolved: boolean
    readonly answerCount: number
    /** A month. */
    readonly views: number
  })[]
  readonly factors: Factors & { readonly usefulShare: number; readonly contactCost: number }
  readonly evidence: TypingEvidence
}

/** Presents candidates that the caller may see. */
export async function presentCandidates(
  deps: CandidateDeps,
  candidates: readonly Candidate[],
  actor: Actor,
): Promise<CandidateView[]> {
  const leads = await deps.threads.facts(
    candidates.map(({ leadId }) => leadId),
    actor.audience,
  )
  const byId = new Map(leads.map((lead) => [lead.id, lead]))
  const articleIds = candidates.flatMap(({ articleId, outcomeArticleId }) => [articleId, outcomeArticleId])
  const articles = await articlesSeen(deps, articleIds, readerOf(actor))
  const decisions = await deps.decisions.of(candidates.flatMap(({ decisionId }) => decisionId ?? []))
  const { weights } = await deps.weights.current()
  return candidates.flatMap((candidate): CandidateView[] => {
    const lead = byId.get(candidate.leadId)
    if (lead === undefined) return []
    const { id, type, state, language, category, demand, score, mergedInto } = candidate
    const article = articles.get(candidate.articleId ?? '')
    const outcome = articles.get(candidate.outcomeArticleId ?? '')
    return [
      {
        id,
        type,
        state,
        language,
        category,
        lead: { id: lead.id, title: lead.title, source: lead.source, createdAt: lead.createdAt },
        article,
        worth: worthOf(score, weights),
        demand,
        outcome: outcome && { id: outcome.id, title: outcome.title },
        mergedInto,
        decision: shown(decisions.get(candidate.decisionId ?? '')),
      },
    ]
  })
}

/** @returns undefined where the caller may not see its lead any more */
export async function presentDetails(
  deps: CandidateDeps,
  candidate: Candidate,
  actor: Actor,
): Promise<CandidateDetails | undefined> {
  const [view] = await presentCandidates(deps, [candidate], actor)
  if (view === undefined) return undefined
  const members = await deps.candidates.membersOf([candidate.id])
  const facts = await deps.threads.facts(
    members.map(({ threadId }) => threadId),
    actor.audience,
  )
  const views = await viewsAMonth(deps, facts)
  const { weights } = await deps.weights.current()
  return {
    ...view,
    threads: facts
      .map(({ id, title, source, createdAt, resolved, answerCount }) => {
        return { id, title, source, createdAt, resolved, answerCount, views: Math.round(views.get(id) ?? 0) }
      })
      .sort(
        (a, b) => Number(b.id === candidate.leadId) - Number(a.id === candidate.leadId) || b.views - a.views,
      ),
    factors: {
      ...factorsOf(candidate.demand, weights, deps.clock.now()),
      usefulShare: weights.usefulShare,
      contactCost: contactCost(weights),
    },
    evidence: asPlainText(candidate.evidence),
  }
}

/** Evidence as people read it, without the marks of Markdown. */
function asPlainText(evidence: TypingEvidence): TypingEvidence {
  const plain = (quote: Quote): Quote => ({ ...quote, text: plainText(quote.text) })
  return {
    ...evidence,
    cues: evidence.cues.map(plain),
    additions: evidence.additions.map(plain),
    differences: evidence.differences.map((each) => ({
      ...each,
      quote: plain(each.quote),
      statement: plainText(each.statement),
    })),
  }
}

async function articlesSeen({ db }: CandidateDeps, ids: readonly (string | undefined)[], reader: Reader) {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
  const rows: (Named & { confidence: string })[] =
    wanted.length === 0
      ? []
      : await readableArticles(db, reader)
          .where(db.among('articles.id', wanted))
          .select('articles.id', 'articles.title', 'articles.confidence')
  return new Map(rows.map(({ id, title, confidence }) => [id, { id, title, confidence }]))
}

function shown(decision: Decision | undefined): CandidateView['decision'] {
  if (decision === undefined) return undefined
  const { id, decision: kind, reason, note, actor, at } = decision
  return { id, decision: kind, reason, note, actor, at }
}
