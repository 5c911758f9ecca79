import { Link } from 'wouter-preact'
import { useEndless } from '../../../api/endless.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Badge, Empty, Loaded } from '../../../parts/states.tsx'
import { langOf, monthName, type OwnScore, questionOf, titleOf } from './coaching.ts'

/** What coaches said of one's own articles. */
export function OwnTab() {
  const scores = useEndless<OwnScore>('/coaching/scores', { limit: 20 })
  return (
    <Loaded resource={scores}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={t('coaching.noOwn')}>
            <p>{t('coaching.noOwnHint')}</p>
          </Empty>
        ) : (
          <div class="stack">
            {rows.map((score) => (
              <OneScore key={`${score.month} ${score.articleId}`} score={score} />
            ))}
            {scores.hasMore && (
              <div>
                <Button isDisabled={scores.isLoadingMore} onClick={scores.loadMore}>
                  {t('parts.more')}
                </Button>
              </div>
            )}
          </div>
        )
      }
    </Loaded>
  )
}

function OneScore({ score }: { readonly score: OwnScore }) {
  return (
    <section class="stack stack-tight">
      <h2 lang={langOf(score.language)}>
        <Link href={`/${score.articleId}`}>{titleOf(score)}</Link>
      </h2>
      <p class="muted">{t('coaching.said', { name: score.coach.name, month: monthName(score.month) })}</p>
      <ul>
        {score.answers.map((answer) => (
          <li key={answer.id}>
            {questionOf(answer)}{' '}
            <Badge kind={answer.met ? 'good' : 'warn'}>
              {t(answer.met ? 'coaching.yes' : 'coaching.no')}
            </Badge>
            {answer.note !== undefined && <p>{answer.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
