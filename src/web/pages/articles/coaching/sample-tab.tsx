import { useEffect, useRef } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { useEndless } from '../../../api/endless.ts'
import { useResource } from '../../../api/resource.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { day, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Badge, Empty, Loaded } from '../../../parts/states.tsx'
import { SECTIONS } from '../article.ts'
import { fieldName } from '../names.ts'
import { Rendered } from '../rendered.tsx'
import { ChecklistForm } from './checklist-form.tsx'
import { langOf, type Sample, type SampledArticle, type Settings, titleOf } from './coaching.ts'

/** The most that the API gives at once. */
const PAGE = 100

/** The sample of the month: one article after the other, each beside the checklist. */
export function SampleTab() {
  const [search, setSearch] = useSearchParams()
  const articles = useEndless<SampledArticle>('/coaching/sample', { limit: PAGE })
  const summary = useResource<Sample>('/coaching/sample', { query: { limit: 1 } })
  const settings = useResource<Settings>('/coaching/settings')
  const rows = articles.data ?? []
  const asked = Number(search.get('at') ?? '1') - 1
  const at = Math.max(0, Math.min(Number.isInteger(asked) ? asked : 0, rows.length - 1))
  const shown = rows[at]
  const beginning = useRef<HTMLParagraphElement>(null)
  const wasMoved = useRef(false)
  useEffect(() => {
    if (wasMoved.current) beginning.current?.focus()
  }, [at])
  const goTo = (place: number) => {
    wasMoved.current = true
    if (place >= rows.length && articles.hasMore) articles.loadMore()
    const next = Math.max(0, Math.min(place, rows.length - (articles.hasMore ? 0 : 1)))
    setSearch(
      (before) => {
        before.set('at', String(next + 1))
        return before
      },
      { replace: true },
    )
  }
  useCommands(
    t('coaching.tab-sample'),
    [
      { ...usual('coaching-next'), run: () => goTo(at + 1) },
      { ...usual('coaching-previous'), run: () => goTo(at - 1) },
    ],
    rows.length > 0,
  )
  const total = summary.data?.total ?? rows.length
  return (
    <Loaded resource={articles}>
      {() =>
        shown === undefined ? (
          <Empty title={t('coaching.nothing')}>
            <p>{t('coaching.nothingHint')}</p>
          </Empty>
        ) : (
          <div class="stack">
            <div class="row row-apart">
              <p class="muted" ref={beginning} tabIndex={-1}>
                {t('coaching.place', { at: number(at + 1), total: number(total) })}
                {summary.data !== undefined &&
                  ` · ${t('coaching.drawn', {
                    scored: number(summary.data.scored),
                    from: day(summary.data.from),
                    to: day(summary.data.to),
                  })}`}
              </p>
              <span class="row">
                <Button isDisabled={at === 0} keys="Alt+ArrowUp" onClick={() => goTo(at - 1)}>
                  {t('coaching.previous')}
                </Button>
                <Button isDisabled={at + 1 >= total} keys="Alt+ArrowDown" onClick={() => goTo(at + 1)}>
                  {t('coaching.next')}
                </Button>
              </span>
            </div>
            <div class="coaching-beside">
              <Text key={`${shown.articleId} ${shown.author.id}`} article={shown} />
              <Loaded resource={settings}>
                {(data) => (
                  <ChecklistForm
                    key={`${shown.articleId} ${shown.author.id} ${data.version}`}
                    article={shown}
                    month={summary.data?.month ?? ''}
                    settings={data}
                    onKept={() => goTo(at + 1)}
                  />
                )}
              </Loaded>
            </div>
          </div>
        )
      }
    </Loaded>
  )
}

/** The article as its author left it. */
function Text({ article: { articleId, author, revision, content, score } }: { article: SampledArticle }) {
  return (
    <article class="stack" aria-label={t('articles.article')}>
      <h2 lang={langOf(content.language)}>
        <a href={`/app/articles/${articleId}`} target="_blank" rel="noreferrer">
          {titleOf(content)}
        </a>
      </h2>
      <p class="row">
        <span>{t('coaching.by', { name: author.name, revision: number(revision) })}</span>
        {score !== undefined && (
          <Badge kind="good">{t('coaching.scoredBy', { name: score.coach.name })}</Badge>
        )}
      </p>
      {SECTIONS.filter((each) => content[each].trim() !== '').map((section) => (
        <section key={section} class="stack stack-tight">
          <h3 class="articles-section-name">{fieldName(section)}</h3>
          <Rendered markdown={content[section]} language={content.language} />
        </section>
      ))}
    </article>
  )
}
