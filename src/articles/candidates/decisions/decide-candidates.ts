import type { Actor } from '../../../access/actor.ts'
import { CodedError } from '../../../platform/errors.ts'
import { readerOf } from '../../readable-articles.ts'
import type { Candidate, CandidateState, DeclineReason } from '../candidate.ts'
import { requireCandidate } from '../candidate-list.ts'
import type { CandidateDeps } from '../deps.ts'
import { candidateErrors } from '../errors.ts'
import type { Decision, DecisionKind, NewDecision } from './decision-store.ts'
import { promoteCandidate } from './promote-candidate.ts'

/** What to do with candidates, and why. */
export type Choice = { readonly note?: string } & (
  | { readonly decision: 'decline'; readonly reason: DeclineReason }
  | { readonly decision: 'link'; readonly articleId: string }
  | { readonly decision: 'merge'; readonly into: string }
  | { readonly decision: 'promote' }
)

/** What became of one of several candidates: its decision, or why there is none. */
export interface DecidedCandidate {
  readonly candidateId: string
  readonly decisionId?: string
  readonly articleId?: string
  /** Whether the decision is new; otherwise somebody had decided the same before. */
  readonly decided?: boolean
  /** Code of the problem. */
  readonly code?: string
}

/** Decides on candidates (at most 100), each on its own: one that is refused keeps no other back. */
export async function decideCandidates(
  deps: CandidateDeps,
  {
    candidateIds,
    actor,
    ...choice
  }: Choice & { readonly candidateIds: readonly string[]; readonly actor: Actor },
): Promise<DecidedCandidate[]> {
  const decided: DecidedCandidate[] = []
  for (const candidateId of candidateIds)
    try {
      const { decision, isNew } = await decideCandidate(deps, {
        candidateId,
        actor,
        choice: choice as Choice,
      })
      const { id: decisionId, articleId } = decision
      decided.push({ candidateId, decisionId, articleId, decided: isNew })
    } catch (error) {
      if (!(error instanceof CodedError) || error.status >= 500) throw error
      decided.push({ candidateId, code: error.code })
    }
  return decided
}

/** Deciding the same again, even at the same time, returns the decision that was made. */
async function decideCandidate(
  deps: CandidateDeps,
  {
    candidateId,
    actor,
    choice,
  }: { readonly candidateId: string; readonly actor: Actor; readonly choice: Choice },
): Promise<{ readonly decision: Decision; readonly isNew: boolean }> {
  return deps.db.transaction(async () => {
    await deps.candidates.lock()
    const candidate = await requireCandidate(deps.db, candidateId, readerOf(actor))
    if (candidate.state !== 'open') {
      const before = await decisionInForce(deps, candidate)
      if (before !== undefined && isSame(before, choice)) return { decision: before, isNew: false }
      throw candidateErrors.CANDIDATE_DECIDED({ id: candidateId, state: candidate.state })
    }
    const outcome = await OUTCOMES[choice.decision](deps, candidate, choice as never, actor)
    const decision = await deps.decisions.add(
      { moved: [], ...outcome.made, candidateId, decision: choice.decision, note: choice.note },
      actor,
    )
    const { into } = decision
    if (into !== undefined)
      await deps.candidates.move(
        decision.moved.map(({ threadId }) => ({ threadId, candidateId: into, movedBy: decision.id })),
      )
    await deps.candidates.change({
      ...candidate,
      state: outcome.state,
      outcomeArticleId: decision.articleId,
      mergedInto: decision.into,
      decisionId: decision.id,
    })
    await deps.audit.record(`candidate.${outcome.state}`, actor, candidateId, {
      before: { state: candidate.state },
      after: { state: outcome.state, ...outcome.made, moved: undefined, note: choice.note },
    })
    return { decision, isNew: true }
  })
}

interface Outcome {
  readonly state: CandidateState
  readonly made: Partial<Omit<NewDecision, 'candidateId' | 'decision' | 'note'>>
}

type Decide<Kind extends DecisionKind> = (
  deps: CandidateDeps,
  candidate: Candidate,
  choice: Extract<Choice, { readonly decision: Kind }>,
  actor: Actor,
) => Promise<Outcome>

const OUTCOMES: { readonly [Kind in DecisionKind]: Decide<Kind> } = {
  decline: async (_deps, _candidate, { reason }) => ({ state: 'declined', made: { reason } }),

  /** @throws CodedError ARTICLE_NOT_FOUND */
  async link({ articles }, _candidate, { articleId }, actor) {
    await articles.require(articleId, readerOf(actor))
    return { state: 'linked', made: { articleId } }
  },

  /**
   * The target has the threads of both from now on, and is counted again by a job.
   *
   * @throws CodedError CANDIDATE_NOT_FOUND, CANDIDATE_MERGED_INTO_ITSELF, CANDIDATE_TARGET_DECIDED,
   *   CANDIDATE_LANGUAGES_DIFFER
   */
  async merge(deps, { id, language }, { into }, actor) {
    if (into === id) throw candidateErrors.CANDIDATE_MERGED_INTO_ITSELF({ id })
    const target = await requireCandidate(deps.db, into, readerOf(actor))
    if (target.state !== 'open')
      throw candidateErrors.CANDIDATE_TARGET_DECIDED({ id: into, state: target.state })
    if (target.language !== language) throw candidateErrors.CANDIDATE_LANGUAGES_DIFFER()
    const members = await deps.candidates.membersOf([id])
    const moved = members.map(({ threadId, movedBy }) => ({ threadId, movedBy }))
    await deps.jobs.enqueue({
      type: RECOMPUTE_MOVED,
      payload: { threadIds: [target.leadId, ...moved.map(({ threadId }) => threadId)] },
    })
    return { state: 'merged', made: { into, moved } }
  },

  /** @throws CodedError as `promoteTogether` */
  async promote(deps, candidate, _choice, actor) {
    const { articleId, revision } = await promoteCandidate(deps, candidate, actor)
    return { state: 'promoted', made: { articleId, promotedRevision: revision } }
  },
}

/** The job that counts a candidate again whose threads people moved. */
export const RECOMPUTE_MOVED = 'articles.recompute-moved-candidates'

async function decisionInForce(
  { decisions }: Pick<CandidateDeps, 'decisions'>,
  { decisionId }: Candidate,
): Promise<Decision | undefined> {
  return decisionId === undefined ? undefined : (await decisions.of([decisionId])).get(decisionId)
}

function isSame(before: Decision, choice: Choice): boolean {
  if (before.decision !== choice.decision) return false
  if (choice.decision === 'decline') return before.reason === choice.reason
  if (choice.decision === 'link') return before.articleId === choice.articleId
  if (choice.decision === 'merge') return before.into === choice.into
  return true
}
