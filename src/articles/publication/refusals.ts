import { AUDIENCES, type Audience } from '../../access/audience.ts'
import type { CodedError } from '../../platform/errors.ts'
import type { Sentences } from '../../text/wording.ts'
import { type Article, type ArticleContent, missingSections, refuseIncomplete } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { findLockOn, refuseLocked } from '../require-released.ts'
import { type ArticleFinding, kindsOf, newPersonalData, refusePersonalData } from './personal-data.ts'
import * as sentences from './reason-sentences.ts'

/** Why an article is not published. */
export interface Refusal {
  /** What publishing throws. */
  readonly error: CodedError
  /** The field of the request to publish that lifts it, where the publisher has checked it. */
  readonly confirm?: 'confirmWiderAudience' | 'confirmPersonalData'
  readonly sentences: Sentences
  readonly missing?: string[]
  readonly threadId?: string
  readonly permitted?: Audience
  readonly findings?: ArticleFinding[]
}

/**
 * All that stands between an article with some content and its publication for an audience, in the order in which publishing
 * refuses. Brings the protection of its thread up to date.
 */
export async function publicationRefusals(
  deps: Pick<ArticleDeps, 'citations' | 'protections' | 'protectThreads' | 'identifiers'>,
  {
    article,
    content,
    audience,
  }: { readonly article: Article; readonly content: ArticleContent; readonly audience: Audience },
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

  const draft = { id, audience, draft: content }
  const findings = newPersonalData(draft, { identifiers: deps.identifiers })
  if (findings.length > 0)
    refusals.push({
      error: refusePersonalData(draft, findings),
      confirm: 'confirmPersonalData',
      sentences: sentences.personalData(kindsOf(findings)),
      findings,
    })
  return refusals
}
