import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import { hashToken, sameHash } from '../../access/tokens.ts'
import type { Articles } from '../../articles/create-articles.ts'
import type { DraftPreview } from '../../articles/drafts/preview-draft.ts'
import { readerOf } from '../../articles/readable-articles.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { CodedError } from '../../platform/errors.ts'
import { helpCentreErrors } from '../errors.ts'
import { type Preview, type PreviewStore, previewTokens } from './preview-store.ts'

export interface PreviewDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly previews: PreviewStore
  readonly articles: Pick<Articles, 'previewDraft'>
}

const DAY_MS = 86_400_000
/** A preview is read as whoever shared it would: every colleague may. */
const COLLEAGUE = { audience: 'internal', seesDrafts: true } as const

/**
 * Makes a secret link by which anyone may read an article as it would be published, until it ends.
 *
 * @returns the preview and the path of its page, which nobody can read again
 * @throws CodedError HELP_PREVIEW_INTERNAL_ONLY, ARTICLE_NOT_FOUND, THREAD_PROTECTED
 */
export async function sharePreview(
  { db, clock, audit, previews, articles }: PreviewDeps,
  { articleId, days, actor }: { readonly articleId: string; readonly days: number; readonly actor: Actor },
): Promise<{ readonly preview: Preview; readonly path: string }> {
  if (actor.audience !== 'internal') throw helpCentreErrors.HELP_PREVIEW_INTERNAL_ONLY()
  return db.transaction(async () => {
    await articles.previewDraft({ id: articleId, reader: readerOf(actor) })
    const now = clock.now()
    const { id, token } = previewTokens.create(now)
    const preview: Preview = {
      id,
      articleId,
      createdBy: { id: actor.id, name: actor.name },
      createdAt: isoNow(clock),
      expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
    }
    await previews.add(preview, hashToken(token))
    const { expiresAt } = preview
    await audit.record('article.preview-shared', actor, articleId, { after: { preview: id, expiresAt } })
    return { preview, path: `/help/preview/${token}` }
  })
}

/** Ends a preview before its time. @throws CodedError HELP_PREVIEW_NOT_FOUND */
export async function endPreview(
  { db, audit, previews }: PreviewDeps,
  { articleId, id, actor }: { readonly articleId: string; readonly id: string; readonly actor: Actor },
): Promise<void> {
  if (actor.audience !== 'internal') throw helpCentreErrors.HELP_PREVIEW_INTERNAL_ONLY()
  await db.transaction(async () => {
    if (!(await previews.revoke(articleId, id))) throw helpCentreErrors.HELP_PREVIEW_NOT_FOUND({ id })
    await audit.record('article.preview-ended', actor, articleId, { before: { preview: id } })
  })
}

/** The article of a secret link; undefined where it is none, has ended, or shows what must not be shown any more. */
export async function openPreview(
  { previews, articles }: Pick<PreviewDeps, 'previews' | 'articles'>,
  token: string,
): Promise<(DraftPreview & { readonly expiresAt: string }) | undefined> {
  const id = previewTokens.idOf(token)
  const found = id === undefined ? undefined : await previews.find(id)
  if (found === undefined || !sameHash(found.secretHash, hashToken(token))) return undefined
  const { articleId, expiresAt } = found.preview
  try {
    return { ...(await articles.previewDraft({ id: articleId, reader: COLLEAGUE })), expiresAt }
  } catch (error) {
    if (error instanceof CodedError && error.code === 'THREAD_PROTECTED') return undefined
    throw error
  }
}
