import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, remember, useResource } from '../../api/resource.ts'
import { useCommands } from '../../keys/commands.ts'
import { ago, day, number } from '../../messages/format.ts'
import { currentLanguage, t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type Article, SECTIONS, versionOf } from './article.ts'
import { AudienceBadge, ConfidenceBadge, FlagsBadge } from './badges.tsx'
import { Evidence } from './evidence.tsx'
import { useWayBack } from './filters.ts'
import { fieldName, languageName } from './names.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { Rendered } from './rendered.tsx'
import { goToStop } from './stops.ts'

export function ArticlePage({ id }: { readonly id: string }) {
  const article = useResource<Article>(`/articles/${id}`)
  if (article.data !== undefined) return <Shown article={article.data} />
  return (
    <Page title={t('articles.article')}>
      <Loaded resource={article}>{() => undefined}</Loaded>
    </Page>
  )
}

function Shown({ article }: { readonly article: Article }) {
  const { title, language } = article
  const mayEdit = hasRole('knowledge-manager')
  const [isPublishing, setPublishing] = useState(false)
  const archive = useArchive(article)
  const back = useWayBack()
  useCommands(t('articles.article'), [
    { id: 'article-back', label: t('articles.back'), keys: ['u', 'Escape'], run: back },
    {
      id: 'article-next-flag',
      label: t('articles.nextStop'),
      keys: ['Alt+ArrowDown'],
      run: () => goToStop('next'),
    },
    {
      id: 'article-previous-flag',
      label: t('articles.previousStop'),
      keys: ['Alt+ArrowUp'],
      run: () => goToStop('previous'),
    },
  ])
  return (
    <Page
      title={title || t('articles.untitled')}
      actions={
        mayEdit && (
          <Actions
            article={article}
            isPublishing={isPublishing}
            onPublish={() => setPublishing(true)}
            archive={archive}
          />
        )
      }
    >
      <State article={article} />
      {archive.note}
      <div class="articles-split">
        <article class="stack" lang={language === 'und' ? undefined : language}>
          {SECTIONS.filter((each) => article[each].trim() !== '').map((section) => (
            <section key={section} class="stack stack-tight">
              <h2 class="articles-section-name" lang={currentLanguage()}>
                {fieldName(section)}
              </h2>
              <Rendered markdown={article[section]} />
            </section>
          ))}
        </article>
        <Evidence article={article} />
      </div>
      {isPublishing && <PublishDialog article={article} onClose={() => setPublishing(false)} />}
    </Page>
  )
}

function Actions({
  article: { id, confidence },
  isPublishing,
  onPublish,
  archive,
}: {
  readonly article: Article
  readonly archive: Archive
  readonly isPublishing: boolean
  onPublish(): void
}) {
  const isArchived = confidence === 'archived'
  useCommands(
    t('articles.article'),
    [{ id: 'article-publish', label: t('articles.publish'), keys: ['$mod+Enter'], run: onPublish }],
    // The open dialog has the same key.
    !isPublishing,
  )
  return (
    <>
      {!isArchived && (
        <Button kind="quiet" isDisabled={archive.isRunning} onClick={archive.run}>
          {t('articles.archive')}
        </Button>
      )}
      <Button kind={isArchived ? 'primary' : undefined} keys="$mod+Enter" onClick={onPublish}>
        {t('articles.publishDialog')}
      </Button>
      {!isArchived && <EditLink id={id} />}
    </>
  )
}

function EditLink({ id }: { readonly id: string }) {
  useCommands(t('articles.article'), [
    {
      id: 'article-edit',
      label: t('parts.edit'),
      keys: ['e'],
      run: () => document.querySelector<HTMLAnchorElement>(`a[href$="/${id}/edit"]`)?.click(),
    },
  ])
  return (
    <ButtonLink kind="primary" keys="e" href={`/${id}/edit`}>
      {t('parts.edit')}
    </ButtonLink>
  )
}

function State({ article }: { readonly article: Article }) {
  const { id, confidence, audience, language, revision, updatedAt, publishedAt, citations } = article
  const flags = citations.filter(({ flag }) => flag !== undefined).length
  return (
    <p class="row">
      <ConfidenceBadge confidence={confidence} />
      <AudienceBadge audience={audience} />
      {flags > 0 && <FlagsBadge count={flags} />}
      <span class="muted small">
        {[
          languageName(language),
          t('articles.changedAgo', { ago: ago(updatedAt, Date.now()) }),
          ...(publishedAt === undefined ? [] : [t('articles.publishedOn', { day: day(publishedAt) })]),
        ].join(' · ')}
      </span>
      <Link class="small" href={`/${id}/revisions`}>
        {t('articles.allRevisions', { n: revision, count: number(revision) })}
      </Link>
    </p>
  )
}

interface Archive {
  readonly isRunning: boolean
  readonly note: preact.ComponentChild
  run(): void
}

/** Archives at once; what was published can be brought back as it was. */
function useArchive(article: Article): Archive {
  const { id, confidence } = article
  const [before, setBefore] = useState<Article>()
  const path = `/articles/${id}`
  const change = async (address: string, body?: object) => {
    const { data, etag } = await call<Article>('POST', `${path}/${address}`, {
      body,
      ifMatch: versionOf(article),
    })
    remember(path, data, etag)
    refresh('/articles')
  }
  const archive = useAction(async () => {
    setBefore(article)
    await change('archive')
  })
  const undo = useAction(async () => {
    // It was seen by these readers before: what there was to confirm was confirmed then.
    await change('publish', {
      audience: before?.audience,
      confirmWiderAudience: true,
      confirmPersonalData: true,
    })
    setBefore(undefined)
  })
  const problem = archive.problem ?? undo.problem
  return {
    isRunning: archive.isRunning,
    run: () => void archive.run(),
    note: (
      <div aria-live="polite">
        {problem !== undefined && <ProblemNote problem={problem} />}
        {confidence === 'archived' && (
          <div class="row">
            <Note>{t('articles.isArchived')}</Note>
            {before?.confidence === 'validated' && (
              <Button icon="rotate-ccw" onClick={() => void undo.run()}>
                {t('parts.undo')}
              </Button>
            )}
          </div>
        )}
      </div>
    ),
  }
}
