import { Link } from 'wouter-preact'
import { useResource } from '../../../api/resource.ts'
import { day, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Loaded } from '../../../parts/states.tsx'
import { type Article, SECTIONS } from '../article.ts'
import { AudienceBadge, ConfidenceBadge } from '../badges.tsx'
import { fieldName } from '../names.ts'
import { Rendered } from '../rendered.tsx'
import { langOf, type Review, reasonName, titleOf } from './review.ts'
import type { Act } from './use-review-keys.ts'

/** The article beside the list: why it is due, how it is used, what it says, and what can be done. */
export function ReviewPanel({
  review,
  onAct,
  onClose,
}: {
  readonly review: Review
  onAct(act: Act): void
  onClose(): void
}) {
  const { id, kind, reasons, figures, may, lastCheck, until, putOffReason } = review
  const { confidence, audience } = review.article
  const article = useResource<Article>(`/articles/${id}`)
  return (
    <aside class="threads-panel stack" aria-label={t('articles.article')}>
      <div class="row row-apart">
        <span class="row">
          <ConfidenceBadge confidence={confidence} />
          <AudienceBadge audience={audience} />
        </span>
        <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />
      </div>
      <h2 class="threads-title" lang={langOf(review)}>
        <Link href={`/${id}`}>{titleOf(review)}</Link>
      </h2>
      <div class="row">
        {may.check && (
          <Button kind={kind === 'check' ? 'primary' : undefined} keys="y" onClick={() => onAct('right')}>
            {t(kind === 'check' ? 'reviews.right' : 'reviews.keep')}
          </Button>
        )}
        {may.check && (
          <Button keys="e" onClick={() => onAct('edit')}>
            {t('reviews.edit')}
          </Button>
        )}
        {may.archive && (
          <Button kind={kind === 'archive' ? 'primary' : undefined} keys="d" onClick={() => onAct('archive')}>
            {t('reviews.archive')}
          </Button>
        )}
        {may.check && (
          <Button keys="s" onClick={() => onAct('put-off')}>
            {t('reviews.putOff')}
          </Button>
        )}
      </div>
      <section class="stack stack-tight" aria-labelledby="review-why">
        <h3 id="review-why">{t('reviews.why')}</h3>
        <ul>
          {reasons.map((each) => (
            <li key={each.reason}>{reasonName(each)}</li>
          ))}
        </ul>
        {until !== undefined && (
          <p class="muted">{t('reviews.offUntil', { day: day(until), reason: putOffReason ?? '' })}</p>
        )}
        <p class="small muted">
          {t('reviews.figures', {
            days: number(figures.days),
            uses: number(figures.uses),
            reads: number(figures.reads),
            solved: number(figures.solved),
            answers: number(figures.solved + figures.unsolved),
          })}
        </p>
        <p class="small muted">
          {lastCheck === undefined
            ? t('reviews.neverChecked')
            : t('reviews.checkedBy', { name: lastCheck.by.name, day: day(lastCheck.at) })}
        </p>
      </section>
      <Loaded resource={article}>
        {(shown) =>
          SECTIONS.filter((each) => shown[each].trim() !== '').map((section) => (
            <section key={section} class="stack stack-tight">
              <h3 class="articles-section-name">{fieldName(section)}</h3>
              <Rendered markdown={shown[section]} language={shown.language} />
            </section>
          ))
        }
      </Loaded>
    </aside>
  )
}
