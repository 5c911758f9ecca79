import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, remember } from '../../../api/resource.ts'
import { day, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { type Article, versionOf } from '../article.ts'

/** For articles of a category that demands it: who approved the latest revision, or the button to do so. */
export function Approval({ article }: { readonly article: Article }) {
  const { id, governance, may, revision } = article
  const path = `/articles/${id}`
  const approve = useAction(async () => {
    const { data, etag } = await call<Article>('POST', `${path}/approval`, { ifMatch: versionOf(article) })
    remember(path, data, etag)
    refresh('/articles')
  })
  if (governance?.kind !== 'compliance') return null
  const { approval, category = '' } = governance
  return (
    <section class="stack stack-tight" aria-label={t('articles.approval')}>
      <h2>{t('articles.approval')}</h2>
      <div aria-live="polite">
        {approval === undefined ? (
          <Note>{t('articles.notApproved', { category, revision: number(revision) })}</Note>
        ) : (
          <Note kind="good">
            {t('articles.approved', {
              who: approval.by.name,
              day: day(approval.at),
              revision: number(revision),
            })}
          </Note>
        )}
      </div>
      {approval === undefined && may?.approve === true && (
        <div>
          <Button icon="check" isDisabled={approve.isRunning} onClick={() => void approve.run()}>
            {t('articles.approve', { revision: number(revision) })}
          </Button>
        </div>
      )}
      {approve.problem !== undefined && <ProblemNote problem={approve.problem} />}
    </section>
  )
}
