import type { Actor } from '../../access/actor.ts'
import { type Article, contentOf } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { requireDraftAt, saveDraft, showDraft } from '../drafts/edit-draft.ts'
import { applyEdit } from '../edit-article.ts'
import { articleErrors } from '../errors.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { type ArticleFinding, findingsIn, kindsOf, redactFindings } from './findings.ts'
import type { Waiver } from './waiver-store.ts'

/** What is decided on a finding: a reason waives it, without one it is redacted wherever it occurs. */
export interface FindingDecision {
  readonly finding: string
  readonly reason?: string
}

/** Personal data in an article, with all its places and what was decided on it. */
export interface DecidedFinding extends Pick<ArticleFinding, 'id' | 'kind'> {
  readonly state: 'open' | 'waived'
  readonly places: Pick<ArticleFinding, 'where' | 'start' | 'end'>[]
  readonly waiver?: Waiver
}

export interface PersonalDataView {
  /** Of the article its revision, of the draft its version. */
  readonly version: number
  readonly findings: DecidedFinding[]
}

interface NamedText {
  readonly id: string
  /** Whether the draft is meant, rather than the latest revision. */
  readonly draft: boolean
  readonly actor: Actor
}

/**
 * The personal data in an article or its draft.
 *
 * @throws CodedError ARTICLE_NOT_FOUND; of a draft, as `showDraft` does
 */
export async function showPersonalData(
  deps: ArticleDeps,
  { id, draft, actor }: NamedText,
): Promise<PersonalDataView> {
  const article = await deps.articles.require(id, readerOf(actor))
  const { version, content } = draft
    ? await showDraft(deps, { id, actor })
    : { version: article.revision, content: contentOf(article) }
  const waivers = await deps.waivers.of(id)
  const decided = new Map<string, DecidedFinding>()
  for (const { id: finding, kind, ...place } of findingsIn(id, content, deps)) {
    const waiver = waivers.get(finding)
    const known = decided.get(finding)
    if (known !== undefined) known.places.push(place)
    else
      decided.set(finding, {
        id: finding,
        kind,
        state: waiver === undefined ? 'open' : 'waived',
        places: [place],
        waiver,
      })
  }
  return { version, findings: [...decided.values()] }
}

/**
 * Redacts findings in an article or its draft, and waives others. Who may edit the article redacts, which makes a
 * revision of the article or saves its draft; who may widen its audience waives.
 *
 * @param version the revision, or the version of the draft, that the caller read
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_DRAFT_CONFLICT, ARTICLE_FINDING_MISSING,
 *   ARTICLE_NEEDS_…, and those of `editArticle` and `saveDraft`
 */
export async function decideOnFindings(
  deps: ArticleDeps,
  {
    version,
    decisions,
    ...named
  }: NamedText & { readonly version: number; readonly decisions: readonly FindingDecision[] },
): Promise<PersonalDataView> {
  const { id, draft, actor } = named
  return deps.db.transaction(async () => {
    const { article, content, basedOn } = await requireText(deps, named, version)
    const findings = findingsIn(id, content, deps)
    const missing = decisions.find(({ finding }) => !findings.some((each) => each.id === finding))
    if (missing !== undefined) throw articleErrors.ARTICLE_FINDING_MISSING({ id, finding: missing.finding })
    const waived = decisions.filter(({ reason }) => reason !== undefined)
    const redacted = findings.filter((each) =>
      decisions.some(({ finding, reason }) => finding === each.id && reason === undefined),
    )
    const governance = await governanceOf(deps, article)
    if (waived.length > 0) requireRights(actor, article, governance, ['widen'])
    for (const { finding, reason = '' } of waived) {
      await deps.waivers.put(id, finding, reason, actor)
      await deps.audit.record('article.personal-data-waived', actor, id, { after: { finding, reason } })
    }
    if (redacted.length > 0) {
      const change = redactFindings(content, redacted)
      if (draft) await saveDraft(deps, { id, version, basedOn, content: { ...content, ...change }, actor })
      else {
        const edited = await applyEdit(deps, { id, revision: version, change, actor })
        if (edited.title !== article.title) await deps.addresses.forgetEarlier(id)
      }
      await deps.audit.record('article.personal-data-redacted', actor, id, {
        after: { findings: [...new Set(redacted.map((each) => each.id))], kinds: kindsOf(redacted) },
      })
    }
    return showPersonalData(deps, named)
  })
}

/** The text at the version that the caller read, locked. */
async function requireText(deps: ArticleDeps, { id, draft, actor }: NamedText, version: number) {
  if (draft) {
    const { article, before } = await requireDraftAt(deps, { id, version, actor })
    return { article, content: before.content, basedOn: before.basedOn }
  }
  const article: Article = await deps.articles.requireForChange(id, readerOf(actor), version)
  return { article, content: contentOf(article), basedOn: article.revision }
}
