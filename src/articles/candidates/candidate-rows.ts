import type { Candidate, CandidateState } from './candidate.ts'
import type { CandidateType } from './typing/types.ts'

export interface CandidateRow {
  id: string
  lead_id: string
  language: string
  type: CandidateType
  article_id: string | null
  category: string | null
  evidence: string
  views: number
  askings: number
  failed_searches: number | null
  last_at: string
  score: number
  state: CandidateState
  merged_into: string | null
  outcome_article_id: string | null
  decision_id: string | null
  created_at: string
  updated_at: string
}

export function toCandidate(row: CandidateRow): Candidate {
  return {
    id: row.id,
    leadId: row.lead_id,
    language: row.language,
    type: row.type,
    articleId: row.article_id ?? undefined,
    category: row.category ?? undefined,
    evidence: JSON.parse(row.evidence),
    demand: {
      views: row.views,
      askings: row.askings,
      failedSearches: row.failed_searches ?? undefined,
      lastAt: row.last_at,
    },
    score: row.score,
    state: row.state,
    mergedInto: row.merged_into ?? undefined,
    outcomeArticleId: row.outcome_article_id ?? undefined,
    decisionId: row.decision_id ?? undefined,
  }
}

export function toRow(candidate: Candidate): Omit<CandidateRow, 'created_at' | 'updated_at'> {
  const { demand } = candidate
  return {
    id: candidate.id,
    lead_id: candidate.leadId,
    language: candidate.language,
    type: candidate.type,
    article_id: candidate.articleId ?? null,
    category: candidate.category ?? null,
    evidence: JSON.stringify(candidate.evidence),
    views: demand.views,
    askings: demand.askings,
    failed_searches: demand.failedSearches ?? null,
    last_at: demand.lastAt,
    score: candidate.score,
    state: candidate.state,
    merged_into: candidate.mergedInto ?? null,
    outcome_article_id: candidate.outcomeArticleId ?? null,
    decision_id: candidate.decisionId ?? null,
  }
}
