import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call, OFFLINE } from '../../../api/client.ts'
import { refresh, remember, useResource } from '../../../api/resource.ts'
import { useCommands } from '../../../keys/commands.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { CheckField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Loading, Note, ProblemNote } from '../../../parts/states.tsx'
import { type Article, isSameContent, versionOf } from '../article.ts'
import { FindingList } from '../privacy/finding-list.tsx'
import { PublishDialog } from '../publish-dialog.tsx'
import type { PublishedState } from '../state/published-note.tsx'
import { ConflictScreen } from './conflict-screen.tsx'
import { DraftForm } from './draft-form.tsx'
import type { ServerDraft } from './draft-state.ts'
import { PutAside, usePutAside } from './put-aside.tsx'
import { SaveState } from './save-state.tsx'
import { type OpenDraft, useDraftSession } from './use-draft-session.ts'

/** Edits the draft of an article, which readers do not see before it is published. */
export function EditPage({ id }: { readonly id: string }) {
  const { opened, problem, retry } = useDraftSession(id)
  if (opened !== undefined) return <Opened id={id} {...opened} />
  return (
    <Page title={t('articles.edit')}>
      {problem === undefined ? <Loading /> : <ProblemNote problem={problem} onRetry={retry} />}
    </Page>
  )
}

function Opened({ id, article: opened, session }: OpenDraft & { readonly id: string }) {
  const article = useResource<Article>(`/articles/${id}`).data ?? opened
  const state = session.state.value
  const { content, conflict, problem, isRestored } = state
  const [, go] = useLocation()
  const [isPublishing, setPublishing] = useState(false)
  const [isSignificant, setSignificant] = useState(false)
  const translations = article.translations.filter(({ original }) => !original)
  const aside = usePutAside(id)
  const mayPublish = article.may?.validate === true
  /** @returns the article with the draft in it; undefined where there is a conflict, whose screen is shown */
  const apply = async () => {
    const applied = await session.apply(isSignificant)
    if (applied === 'conflict') return undefined
    // Nothing was typed, or an earlier attempt to publish made it a revision already.
    if (applied === 'no-draft') return article
    remember(`/articles/${id}`, applied, versionOf(applied))
    refresh('/articles')
    return applied
  }
  const leave = (told?: PublishedState) => go(`/${id}`, { state: told ?? null })
  /** The server changed the draft: personal data was redacted. */
  const reload = async () => session.hear(await call<ServerDraft>('GET', `/articles/${id}/draft`))
  const finish = useAction(async () => {
    if ((await apply()) !== undefined) leave()
  })
  const discard = useAction(async () => {
    const { content: discarded } = session.state.value
    await session.discard()
    aside.put({ content: discarded, why: 'discarded' })
    refresh('/articles')
  })
  const publish = useAction(async () => {
    if (await session.save()) setPublishing(true)
  })
  useCommands(t('articles.edit'), [
    { id: 'save-draft', label: t('articles.saveNow'), keys: ['$mod+s'], run: () => void session.save() },
    // The open dialog has the same key.
    ...(!mayPublish || isPublishing || conflict !== undefined
      ? []
      : [
          {
            id: 'publish-draft',
            label: t('articles.publish'),
            keys: ['$mod+Enter'],
            run: () => void publish.run(),
          },
        ]),
  ])
  useBackToRefused(problem !== undefined)
  const hasDraft = state.savedAt !== undefined || state.unsavedSince !== undefined
  const isArchived = article.confidence === 'archived'
  return (
    <Page
      title={t('articles.editTitle', { title: content.title || t('articles.untitled') })}
      actions={
        <>
          {conflict === undefined && <SaveState state={state} />}
          <ButtonLink kind="quiet" href={`/${id}`}>
            {t('articles.toArticle')}
          </ButtonLink>
          {conflict === undefined && (
            <>
              {hasDraft && (
                <>
                  <Button kind="quiet" isDisabled={discard.isRunning} onClick={() => void discard.run()}>
                    {t('articles.discard')}
                  </Button>
                  <Button isDisabled={finish.isRunning} onClick={() => void finish.run()}>
                    {t('articles.finish')}
                  </Button>
                </>
              )}
              {mayPublish && (
                <Button kind="primary" keys="$mod+Enter" onClick={() => void publish.run()}>
                  {t('articles.publishDialog')}
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      {isArchived && <Note kind="warn">{t('articles.archivedDraft')}</Note>}
      {isRestored && <Note>{t('articles.restored')}</Note>}
      {translations.length > 0 && article.translation === undefined && (
        <CheckField
          label={t('translations.significant', {
            n: translations.length,
            count: number(translations.length),
          })}
          isChecked={isSignificant}
          onChange={setSignificant}
        />
      )}
      <PutAside
        aside={aside}
        onTakeBack={(text) => {
          session.edit(text)
          aside.put(undefined)
        }}
      />
      {[problem, finish.problem, discard.problem, publish.problem]
        // That the server is away is said beside the title.
        .filter((each) => each !== undefined)
        .filter(({ code }) => code !== OFFLINE)
        .slice(0, 1)
        .map((each) => (
          <ProblemNote key={each.code} problem={each} onRetry={() => void session.save()} />
        ))}
      {finish.problem?.code === 'ARTICLE_PERSONAL_DATA' && (
        <FindingList article={article} content={content} draft onDecided={reload} />
      )}
      {conflict !== undefined ? (
        <ConflictScreen
          conflict={conflict}
          ours={content}
          onEdit={session.edit}
          onResolve={(chosen) => {
            aside.put(isSameContent(chosen, conflict.theirs) ? { content, why: 'conflict' } : undefined)
            session.resolve(chosen)
          }}
        />
      ) : (
        <DraftForm article={article} content={content} onEdit={session.edit} />
      )}
      {isPublishing && (
        <PublishDialog
          article={article}
          draft={{ content, apply, reload }}
          onPublished={(published) => leave({ published })}
          onClose={() => setPublishing(false)}
        />
      )}
    </Page>
  )
}

/** What stands in the way is read from the top of the page. */
function useBackToRefused(isRefused: boolean): void {
  useEffect(() => {
    if (isRefused) document.querySelector('.problem')?.scrollIntoView({ block: 'nearest' })
  }, [isRefused])
}
