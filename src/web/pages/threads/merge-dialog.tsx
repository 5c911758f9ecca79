import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { doToThread } from './changes.ts'
import { nameOf, pathOf, type Thread } from './thread.ts'

type Preview = Get<'/api/threads/{id}/merge-preview'>
type Found = Pick<Thread, 'id' | 'title'> & { readonly likeness?: number }

const SHOWN = 8

/** Chooses the thread to merge into, shows what that would do, and does it. */
export function MergeDialog({
  thread,
  into,
  onChoose,
  onClose,
  ...ways
}: {
  readonly thread: Thread
  /** The thread chosen, which the address may hold. */
  readonly into: string | undefined
  /** How it is merged and taken back, where not as every thread is. */
  merge?(into: string): Promise<unknown>
  unmerge?(): Promise<unknown>
  onChoose(into: string | undefined): void
  onClose(): void
}) {
  return (
    <Dialog title={t('threads.mergeOf', { title: nameOf(thread) })} size="wide" onClose={onClose}>
      {into === undefined ? (
        <Choice thread={thread} onChoose={onChoose} />
      ) : (
        <PreviewOf
          {...ways}
          thread={thread}
          into={into}
          onOther={() => onChoose(undefined)}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

/** Threads like this one, those with certain words, or one by its address. */
function Choice({ thread, onChoose }: { readonly thread: Thread; onChoose(into: string): void }) {
  const [text, setText] = useState('')
  const named = /thr_[a-z0-9]+/.exec(text)?.[0]
  const found = useResource<Get<'/api/threads'>>('/threads', {
    query: { text: text.trim(), source: thread.source, limit: SHOWN + 1 },
    enabled: text.trim() !== '' && named === undefined,
    keepPrevious: true,
  })
  const alike: readonly Found[] = thread.links
    .map(({ threadId, title, likeness }) => ({ id: threadId, title, likeness }))
    .sort((one, other) => (other.likeness ?? 1) - (one.likeness ?? 1))
  const shown: readonly Found[] =
    named !== undefined
      ? [{ id: named, title: named }]
      : text.trim() === ''
        ? unique(alike)
        : (found.data?.items ?? [])
  return (
    <div class="stack">
      <p class="muted">{t('threads.mergeMeans')}</p>
      <TextField
        label={t('threads.mergeSearch')}
        hint={t('threads.mergeSearchHint')}
        type="search"
        autofocus
        value={text}
        onInput={setText}
      />
      {found.problem !== undefined && text.trim() !== '' && <ProblemNote problem={found.problem} />}
      <ul class="threads-found" aria-label={t('threads.mergeCandidates')}>
        {shown
          .filter(({ id }) => id !== thread.id)
          .slice(0, SHOWN)
          .map((each) => (
            <li key={each.id}>
              <button type="button" class="threads-choice" onClick={() => onChoose(each.id)}>
                <span class="clip">{nameOf(each)}</span>
                {each.likeness !== undefined && (
                  <span class="muted small">{t('threads.likeness', { share: percent(each.likeness) })}</span>
                )}
              </button>
            </li>
          ))}
      </ul>
      {shown.length === 0 && <p class="muted">{t('threads.noMergeCandidate')}</p>}
    </div>
  )
}

function unique(all: readonly Found[]): readonly Found[] {
  return [...new Map(all.map((each) => [each.id, each])).values()]
}

function PreviewOf({
  thread,
  into,
  merge: mergeOwnWay,
  unmerge,
  onOther,
  onClose,
}: {
  readonly thread: Thread
  readonly into: string
  merge?(into: string): Promise<unknown>
  unmerge?(): Promise<unknown>
  onOther(): void
  onClose(): void
}) {
  const preview = useResource<Preview>(`${pathOf(thread.id)}/merge-preview`, { query: { into }, staleMs: 0 })
  const merge = useAction(async ({ title }: { readonly title: string }) => {
    const path = `${pathOf(thread.id)}/merge`
    await doToThread(
      t('threads.mergedOne', { title }),
      () => mergeOwnWay?.(into) ?? call('POST', path, { body: { into } }),
      () => unmerge?.() ?? call('DELETE', path),
    )
    onClose()
  })
  return (
    <div class="stack">
      <Loaded resource={preview}>
        {({ merged, into: target, posts, differing, isMerged }) => (
          <>
            <div class="columns">
              <Side heading={t('threads.mergeGoes')} side={merged} />
              <Side heading={t('threads.mergeStays')} side={target} />
            </div>
            <section class="stack stack-tight">
              <h3>{t('threads.mergePosts', { count: posts.length })}</h3>
              <ul class="small">
                {posts.map(({ id, kind, becomes, author, accepted }) => (
                  <li key={id}>
                    {kind === becomes
                      ? t(`threads.kind-${kind}`)
                      : t('threads.becomes', {
                          kind: t(`threads.kind-${kind}`),
                          becomes: t(`threads.kind-${becomes}`),
                        })}{' '}
                    <span class="muted">{author?.name ?? t('threads.unknownAuthor')}</span>
                    {accepted && ` · ${t('threads.accepted')}`}
                  </li>
                ))}
              </ul>
            </section>
            {differing.length > 0 && (
              <Note kind="warn">{t('threads.mergeDiffers', { facets: differing.join(', ') })}</Note>
            )}
            {merged.article !== undefined && (
              <Note>{t('threads.mergeArticle', { title: merged.article.title })}</Note>
            )}
            <div class="row">
              <Button
                kind="primary"
                icon="git-merge"
                isDisabled={merge.isRunning || isMerged}
                onClick={() => void merge.run(target)}
              >
                {t('threads.merge')}
              </Button>
              <Button onClick={onOther}>{t('threads.mergeOther')}</Button>
            </div>
          </>
        )}
      </Loaded>
      {preview.data === undefined && (
        <div>
          <Button onClick={onOther}>{t('threads.mergeOther')}</Button>
        </div>
      )}
    </div>
  )
}

function Side({
  heading,
  side: { title, labels, article },
}: {
  readonly heading: string
  readonly side: Preview['into']
}) {
  return (
    <section class="stack stack-tight">
      <h3 class="muted">{heading}</h3>
      <p>{nameOf({ title })}</p>
      <ul class="small">
        {labels.map(({ facet, label }) => (
          <li key={facet}>
            <span class="muted">{facet}</span> {label}
          </li>
        ))}
        {labels.length === 0 && <li class="muted">{t('threads.noLabels')}</li>}
      </ul>
      {article !== undefined && <p class="small">{t('threads.itsArticle', { title: article.title })}</p>}
    </section>
  )
}
