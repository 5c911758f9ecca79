import { AUDIENCES, type Audience } from '../../access/audience.ts'
import type { CodedError } from '../../platform/errors.ts'
import type { Sentences } from '../../text/wording.ts'
import { type Article, type ArticleContent, missingSections, refuseIncomplete } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { type ArticleFinding, kindsOf } from '../privacy/findings.ts'
import { openFindings, refusePersonalData } from '../privacy/privacy-lock.ts'
import { findLockOn, refuseLocked } from '../require-released.ts'
import type { Governance } from '../rights/governance.ts'
import * as sentences from './reason-sentences.ts'

/** Why an article is not published. */
export interface Refusal {
  /** What publishing throws. */
  readonly error: CodedError
  /** The field of the request to publish that lifts it, where the publisher has checked it. */
  readonly confirm?: 'confirmWiderAudience'
  readonly sentences: Sentences
  readonly missing?: string[]
  readonly threadId?: string
  readonly permitted?: Audience
  readonly findings?: ArticleFinding[]
}

/**
 * All that stands between an article with some content and its publication for an audience, in the order in which publishing
 * refuses. Brings the protections of its threads up to date.
 */
export async function publicationRefusals(
  deps: Pick<
    ArticleDeps,
    'articles' | 'citations' | 'protections' | 'protectThreads' | 'translations' | 'identifiers' | 'waivers'
  >,
  {
    article,
    content,
    audience,
    governance,
  }: {
    readonly article: Article
    readonly content: ArticleContent
    readonly audience: Audience
    readonly governance: Governance
  },
): Promise<Refusal[]> {
  const { id } = article
  const refusals: Refusal[] = []
  const missing = missingSections(content)
  if (missing.length > 0)
    refusals.push({ error: refuseIncomplete(id, missing), sentences: sentences.incomplete(missing), missing })

  const lock = audience === 'internal' ? undefined : await findLockOn(deps, article)
  if (lock !== undefined)
    refusals.push({
      error: refuseLocked(lock),
      sentences: sentences.protectedThread,
      threadId: lock.threadId,
    })

  const permitted = await deps.citations.permittedAudience(id)
  if (AUDIENCES.indexOf(audience) > AUDIENCES.indexOf(permitted))
    refusals.push({
      error: articleErrors.ARTICLE_AUDIENCE_WIDER({ id, audience, permitted }),
      confirm: 'confirmWiderAudience',
      sentences: sentences.widerAudience(permitted),
      permitted,
    })

  const findings = audience === 'internal' ? [] : await openFindings(deps, id, content)
  if (findings.length > 0)
    refusals.push({
      error: refusePersonalData(id, audience, findings),
      sentences: sentences.personalData(kindsOf(findings)),
      findings,
    })

  const { kind, approval, category = '', owner } = governance
  // The draft becomes a revision that nobody has seen.
  if (kind === 'compliance' && (approval === undefined || content !== article))
    refusals.push({
      error: articleErrors.ARTICLE_APPROVAL_NEEDED({ id, category, revision: article.revision }),
      sentences: sentences.approvalNeeded(category, owner?.name),
    })
  return refusals
}
