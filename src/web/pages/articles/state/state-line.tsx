import { Link } from 'wouter-preact'
import { ago, day, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { type Article, CONFIDENCES, type Confidence } from '../article.ts'
import { AudienceBadge, ConfidenceBadge, FlagsBadge } from '../badges.tsx'
import { confidenceName, languageName } from '../names.ts'
import type { Moves } from './use-moves.tsx'

/** How far an article can be trusted, who sees it, and who answers for it. */
export function StateLine({
  article,
  moves,
  onPublish,
}: {
  readonly article: Article
  readonly moves: Moves
  onPublish(): void
}) {
  const { id, audience, language, revision, updatedAt, publishedAt, citations, lastCheck } = article
  const flags = citations.filter(({ flag }) => flag !== undefined).length
  const owner = article.governance?.owner?.name
  return (
    <div class="row">
      <ConfidenceChoice article={article} moves={moves} onPublish={onPublish} />
      <AudienceBadge audience={audience} />
      {flags > 0 && <FlagsBadge count={flags} />}
      <span class="muted small">
        {[
          languageName(language),
          t('articles.changedAgo', { ago: ago(updatedAt, Date.now()) }),
          ...(publishedAt === undefined ? [] : [t('articles.publishedOn', { day: day(publishedAt) })]),
          ...(owner === undefined ? [] : [t('articles.ownedBy', { owner })]),
          ...(lastCheck === undefined
            ? []
            : [t('reviews.checkedOn', { day: day(lastCheck.at), name: lastCheck.by.name })]),
        ].join(' · ')}
      </span>
      <Link class="small" href={`/${id}/revisions`}>
        {t('articles.allRevisions', { n: revision, count: number(revision) })}
      </Link>
    </div>
  )
}

/** The state, which those who may do so change to any other. */
function ConfidenceChoice({
  article,
  moves,
  onPublish,
}: {
  readonly article: Article
  readonly moves: Moves
  onPublish(): void
}) {
  const { confidence } = article
  const reachable = CONFIDENCES.filter((each) => each === confidence || mayMove(article, each))
  if (reachable.length === 1) return <ConfidenceBadge confidence={confidence} />
  return (
    <select
      class="input articles-state"
      aria-label={t('articles.confidence')}
      value={confidence}
      disabled={moves.isRunning}
      onChange={({ currentTarget }) => {
        const chosen = CONFIDENCES.find((each) => each === currentTarget.value)
        currentTarget.value = confidence
        if (chosen === undefined || chosen === confidence) return
        // What is validated is shown to somebody: the dialog asks to whom, and what stands against it.
        if (chosen === 'validated') onPublish()
        else moves.move(chosen)
      }}
    >
      {reachable.map((each) => (
        <option key={each} value={each} selected={each === confidence}>
          {confidenceName(each)}
        </option>
      ))}
    </select>
  )
}

function mayMove({ confidence, may }: Article, to: Confidence): boolean {
  if (may === undefined) return false
  const touches = (each: Confidence) => confidence === each || to === each
  if (touches('archived') && !may.archive) return false
  if (touches('validated') && !may.validate) return false
  return touches('archived') || touches('validated') || may.edit
}
