import { useEffect } from 'preact/hooks'
import { useLocation, useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { type Endless, useEndless } from '../../api/endless.ts'
import { refresh, remember, useResource } from '../../api/resource.ts'
import { useCommands } from '../../keys/commands.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, ProblemNote } from '../../parts/states.tsx'
import { type Article, type Revision, versionOf } from './article.ts'
import { Comparison } from './comparison.tsx'
import { useWayBack } from './filters.ts'
import { changeName } from './names.ts'
import { goToStop } from './stops.ts'

/** The revisions of an article, and two of them compared: the latest two, or those that the address names. */
export function RevisionsPage({ id }: { readonly id: string }) {
  const article = useResource<Article>(`/articles/${id}`)
  const revisions = useEndless<Revision>(`/articles/${id}/revisions`, { limit: 50 })
  const back = useWayBack()
  useCommands(t('articles.revisions'), [
    { id: 'revisions-back', label: t('articles.back'), keys: ['u'], run: back },
    {
      id: 'next-change',
      label: t('articles.nextStop'),
      keys: ['Alt+ArrowDown'],
      run: () => goToStop('next'),
    },
    {
      id: 'previous-change',
      label: t('articles.previousStop'),
      keys: ['Alt+ArrowUp'],
      run: () => goToStop('previous'),
    },
  ])
  const title = article.data?.title ?? ''
  return (
    <Page
      title={title === '' ? t('articles.revisions') : t('articles.revisionsOf', { title })}
      actions={<ButtonLink href={`/${id}`}>{t('articles.toArticle')}</ButtonLink>}
    >
      <Loaded resource={revisions}>
        {(items) => <Compared items={items} pages={revisions} article={article.data} />}
      </Loaded>
    </Page>
  )
}

function Compared({
  items,
  pages,
  article,
}: {
  readonly items: readonly Revision[]
  readonly pages: Endless<Revision>
  readonly article: Article | undefined
}) {
  const [search, setSearch] = useSearchParams()
  const latest = items[0]?.number ?? 1
  const to = numberIn(search, 'to') ?? latest
  const from = numberIn(search, 'from') ?? Math.max(1, to - 1)
  const older = items.find(({ number: each }) => each === from)
  const newer = items.find(({ number: each }) => each === to)
  const isMissing = older === undefined || newer === undefined
  const { hasMore, isLoadingMore, loadMore, problem } = pages
  // Once for each page that came: one that is refused, or empty, is not asked for again by itself.
  useEffect(() => {
    if (isMissing && hasMore && problem === undefined) loadMore()
  }, [isMissing, hasMore, problem, items.length])
  const choose = (side: 'from' | 'to', revision: number) =>
    setSearch({ from: String(from), to: String(to), [side]: String(revision) }, { replace: true })
  return (
    <div class="articles-compare">
      <section class="stack stack-tight scroll-x" aria-label={t('articles.revisions')}>
        <RevisionTable items={items} from={from} to={to} onChoose={choose} />
        {hasMore && (
          <div>
            <Button isDisabled={isLoadingMore} onClick={loadMore}>
              {t('parts.more')}
            </Button>
          </div>
        )}
      </section>
      {older !== undefined && newer !== undefined && (
        <div class="stack">
          {article !== undefined && older.number < article.revision && (
            <Restore article={article} revision={older.number} />
          )}
          <Comparison older={older} newer={newer} />
        </div>
      )}
      {isMissing && !hasMore && <p>{t('articles.noSuchRevision')}</p>}
    </div>
  )
}

/** Gives the article the text of a revision again, as its latest one, from which the same way leads back. */
function Restore({ article, revision }: { readonly article: Article; readonly revision: number }) {
  const [, navigate] = useLocation()
  const restore = useAction(async () => {
    const path = `/articles/${article.id}`
    const { data, etag } = await call<Article>('POST', `${path}/revisions/${revision}/restore`, {
      ifMatch: versionOf(article),
    })
    remember(path, data, etag)
    refresh(`${path}/revisions`)
    navigate(`/${article.id}/revisions?from=${article.revision}&to=${data.revision}`)
  })
  if (article.may?.edit !== true) return null
  return (
    <div class="stack stack-tight">
      {restore.problem !== undefined && <ProblemNote problem={restore.problem} />}
      <div>
        <Button icon="rotate-ccw" isDisabled={restore.isRunning} onClick={() => void restore.run()}>
          {t('articles.restore', { number: number(revision) })}
        </Button>
      </div>
    </div>
  )
}

function RevisionTable({
  items,
  from,
  to,
  onChoose,
}: {
  readonly items: readonly Revision[]
  readonly from: number
  readonly to: number
  onChoose(side: 'from' | 'to', revision: number): void
}) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('articles.from')}</th>
          <th scope="col">{t('articles.to')}</th>
          <th scope="col">{t('articles.revision')}</th>
          <th scope="col">{t('articles.what')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ number: revision, actor, createdAt, changed }) => (
          <tr key={revision}>
            {(['from', 'to'] as const).map((side) => (
              <td key={side}>
                <input
                  type="radio"
                  name={side}
                  aria-label={t(`articles.${side}Revision`, { number: number(revision) })}
                  checked={revision === (side === 'from' ? from : to)}
                  onChange={() => onChoose(side, revision)}
                />
              </td>
            ))}
            <td class="number">{number(revision)}</td>
            <td>
              <div>{revision === 1 ? t('articles.created') : changed.map(changeName).join(', ')}</div>
              <div class="small muted">
                {actor.name} · <time dateTime={createdAt}>{moment(createdAt)}</time>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function numberIn(search: URLSearchParams, name: string): number | undefined {
  const value = Number(search.get(name))
  return Number.isInteger(value) && value > 0 ? value : undefined
}
