import { Link, useSearchParams } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Page } from '../../../parts/page.tsx'
import { Loaded, Note, ProblemNote } from '../../../parts/states.tsx'
import type { Article } from '../article.ts'
import type { Preview } from './merge.ts'
import { MergeForm } from './merge-form.tsx'
import { TargetChoice } from './target-choice.tsx'

/** Merges an article into another: which one stands in the address, then what that would do. */
export function MergePage({ id }: { readonly id: string }) {
  const article = useResource<Article>(`/articles/${id}`)
  const [search, setSearch] = useSearchParams()
  const into = search.get('into') ?? undefined
  const choose = (chosen: string | undefined) =>
    setSearch((before) => {
      if (chosen === undefined) before.delete('into')
      else before.set('into', chosen)
      return before
    })
  useCommands(t('merges.title'), [
    {
      id: 'merge-back',
      label: t('merges.back'),
      keys: ['u'],
      run: () => document.querySelector<HTMLAnchorElement>(`a[href$="/articles/${id}"]`)?.click(),
    },
  ])
  const title = article.data?.title
  return (
    <Page
      title={title === undefined ? t('merges.title') : t('merges.titleOf', { title })}
      actions={<ButtonLink href={`/${id}`}>{t('merges.back')}</ButtonLink>}
    >
      <Loaded resource={article}>
        {(data) =>
          data.mergedInto !== undefined ? (
            <Done id={id} into={data.mergedInto} />
          ) : into === undefined ? (
            <TargetChoice article={data} onChoose={choose} />
          ) : (
            <Previewed key={into} id={id} into={into} onOther={() => choose(undefined)} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Previewed({ id, into, onOther }: { readonly id: string; readonly into: string; onOther(): void }) {
  const preview = useResource<Preview>(`/articles/${id}/merge-preview`, { query: { into }, staleMs: 0 })
  return (
    <div class="stack">
      <div>
        <Button onClick={onOther}>{t('merges.other')}</Button>
      </div>
      <Loaded resource={preview}>
        {(data) => <MergeForm key={`${data.merged.revision} ${data.into.revision}`} preview={data} />}
      </Loaded>
    </div>
  )
}

/** What was done, and its undo. */
function Done({
  id,
  into,
}: {
  readonly id: string
  readonly into: { readonly id: string; readonly title: string }
}) {
  const undo = useAction(async () => {
    await call('DELETE', `/articles/${id}/merge`)
    refresh('/articles')
  })
  return (
    <div class="stack" aria-live="polite">
      <div class="row">
        <Note kind="good">
          {t('merges.done')} <Link href={`/${into.id}`}>{into.title || t('articles.untitled')}</Link>
        </Note>
        <Button icon="rotate-ccw" isDisabled={undo.isRunning} onClick={() => void undo.run()}>
          {t('parts.undo')}
        </Button>
      </div>
      {undo.problem !== undefined && <ProblemNote problem={undo.problem} />}
    </div>
  )
}
