import { useState } from 'preact/hooks'
import { useResource } from '../../api/resource.ts'
import { useCommands } from '../../keys/commands.ts'
import { currentLanguage, t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, Note } from '../../parts/states.tsx'
import { type Article, SECTIONS } from './article.ts'
import { Evidence } from './evidence.tsx'
import { useWayBack } from './filters.ts'
import { MergedNote } from './merges/merged-note.tsx'
import { fieldName } from './names.ts'
import type { Passage, Pointed } from './passages/passage.ts'
import { Passages } from './passages/passages.tsx'
import { PhrasingList } from './phrasings/phrasing-list.tsx'
import { FindingList } from './privacy/finding-list.tsx'
import { type Finding, useFindings } from './privacy/findings.ts'
import { MarkedData } from './privacy/marked-data.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { Rendered } from './rendered.tsx'
import { Approval } from './state/approval.tsx'
import { usePublished } from './state/published-note.tsx'
import { SharePreview } from './state/share-preview.tsx'
import { StateLine } from './state/state-line.tsx'
import { type Moves, useMoves } from './state/use-moves.tsx'
import { goToStop } from './stops.ts'
import { LanguagesLine } from './translations/languages-line.tsx'
import { UseLine } from './use/use-line.tsx'

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
  const { id, title, language, may } = article
  const [isPublishing, setPublishing] = useState(false)
  const [pointed, setPointed] = useState<Pointed>({})
  const passages = useResource<{ readonly items: readonly Passage[] }>(`/articles/${article.id}/passages`)
  const moves = useMoves(article)
  const published = usePublished()
  const back = useWayBack()
  const { data: personal } = useFindings(id, { draft: false })
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
        may !== undefined && (
          <Actions
            article={article}
            may={may}
            isPublishing={isPublishing}
            onPublish={() => setPublishing(true)}
            moves={moves}
          />
        )
      }
    >
      <StateLine article={article} moves={moves} onPublish={() => setPublishing(true)} />
      {may !== undefined && <LanguagesLine article={article} />}
      {may !== undefined && <UseLine article={article} />}
      <MergedNote article={article} />
      {published.note}
      {moves.note}
      <div class="articles-split">
        <article class="stack" lang={language === 'und' ? undefined : language}>
          <MarkedData findings={personal?.findings ?? NO_FINDINGS} content={article}>
            <div class="stack">
              {SECTIONS.filter((each) => article[each].trim() !== '').map((section) => (
                <section key={section} class="stack stack-tight">
                  <h2 class="articles-section-name" lang={currentLanguage()}>
                    {fieldName(section)}
                  </h2>
                  {passages.data === undefined ? (
                    <Rendered markdown={article[section]} />
                  ) : (
                    <Passages
                      article={article}
                      section={section}
                      passages={passages.data.items}
                      pointed={pointed}
                      onPoint={setPointed}
                    />
                  )}
                </section>
              ))}
            </div>
          </MarkedData>
        </article>
        <div class="stack articles-beside">
          <Approval article={article} />
          {personal !== undefined && personal.findings.length > 0 && (
            <section class="stack stack-tight" aria-label={t('articles.personalData')}>
              <h2>{t('articles.personalData')}</h2>
              {personal.findings.some(({ state }) => state === 'open') && (
                <Note kind="warn">{t('articles.personalDataLock')}</Note>
              )}
              <FindingList article={article} content={article} />
            </section>
          )}
          <Evidence
            article={article}
            passages={passages.data?.items ?? []}
            pointed={pointed}
            onPoint={setPointed}
          />
          {may !== undefined && <PhrasingList article={article} />}
        </div>
      </div>
      {isPublishing && (
        <PublishDialog article={article} onPublished={published.show} onClose={() => setPublishing(false)} />
      )}
    </Page>
  )
}

const NO_FINDINGS: readonly Finding[] = []

function Actions({
  article: { id, confidence, mergedInto },
  may,
  isPublishing,
  onPublish,
  moves,
}: {
  readonly article: Article
  readonly may: NonNullable<Article['may']>
  readonly moves: Moves
  readonly isPublishing: boolean
  onPublish(): void
}) {
  const isArchived = confidence === 'archived'
  useCommands(
    t('articles.article'),
    [{ id: 'article-publish', label: t('articles.publish'), keys: ['$mod+Enter'], run: onPublish }],
    // The open dialog has the same key.
    may.validate && !isPublishing,
  )
  return (
    <>
      {may.archive && !isArchived && <MergeLink id={id} />}
      {confidence !== 'validated' && <SharePreview id={id} />}
      {may.archive && !isArchived && (
        <Button kind="quiet" isDisabled={moves.isRunning} onClick={() => moves.move('archived')}>
          {t('articles.archive')}
        </Button>
      )}
      {may.validate && mergedInto === undefined && (
        <Button kind={isArchived ? 'primary' : undefined} keys="$mod+Enter" onClick={onPublish}>
          {t('articles.publishDialog')}
        </Button>
      )}
      {may.edit && <EditLink id={id} />}
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

function MergeLink({ id }: { readonly id: string }) {
  useCommands(t('articles.article'), [
    {
      id: 'article-merge',
      label: t('merges.open'),
      keys: ['m'],
      run: () => document.querySelector<HTMLAnchorElement>(`a[href$="/${id}/merge"]`)?.click(),
    },
  ])
  return (
    <ButtonLink kind="quiet" keys="m" href={`/${id}/merge`}>
      {t('merges.open')}
    </ButtonLink>
  )
}
