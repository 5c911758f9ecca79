import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { setState } from './set-state.ts'

export interface Publication {
  readonly id: string
  readonly audience: Audience
  /** The article may be shown to more people than the posts that it cites. */
  readonly confirmWiderAudience?: boolean
  /** The revision that the caller read; without one, the latest is published. */
  readonly revision?: number
  readonly actor: Actor
}

/** Validates an article and shows it to `audience`. @throws CodedError as {@link setState} does */
export function publishArticle(deps: ArticleDeps, publication: Publication): Promise<Article> {
  return setState(deps, { ...publication, confidence: 'validated' })
}

/** Archives an article: no search finds it, and readers no longer see it. @throws CodedError as {@link setState} does */
export function archiveArticle(
  deps: ArticleDeps,
  { id, revision, actor }: Pick<Publication, 'id' | 'revision' | 'actor'>,
): Promise<Article> {
  return setState(deps, { id, revision, actor, confidence: 'archived' })
}
