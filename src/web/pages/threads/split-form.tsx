import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { beginningOf } from '../../parts/title.ts'
import { type Post, pathOf, type Thread } from './thread.ts'

/** Says what splitting the chosen posts off would do, and does it; the new thread opens, with its undo. */
export function SplitForm({
  thread,
  ids,
  onClose,
}: {
  readonly thread: Thread
  readonly ids: ReadonlySet<string>
  onClose(): void
}) {
  const [title, setTitle] = useState('')
  const [, go] = useLocation()
  const split = useAction(async () => {
    const { data } = await call<Thread>('POST', `${pathOf(thread.id)}/split`, {
      body: { postIds: [...ids], title: title.trim() === '' ? undefined : title.trim() },
    })
    refresh('/threads')
    go(`/${data.id}`)
  })
  const moved = movedWith(thread.posts, ids)
  const [question] = thread.posts
    .filter(({ id }) => ids.has(id))
    .sort((one, other) => (`${one.createdAt} ${one.id}` < `${other.createdAt} ${other.id}` ? -1 : 1))
  return (
    <form
      class="threads-split stack stack-tight"
      aria-label={t('threads.split')}
      onSubmit={(event) => {
        event.preventDefault()
        void split.run()
      }}
    >
      <p>{t('threads.splitMeans')}</p>
      {question !== undefined && (
        <>
          <TextField
            label={t('threads.splitTitle')}
            placeholder={beginningOf(question.body)}
            maxLength={1000}
            value={title}
            onInput={setTitle}
          />
          <p role="status">
            {t('threads.splitPreview', {
              question: beginningOf(question.body),
              moved: moved.length,
              left: thread.posts.length - moved.length,
            })}
          </p>
        </>
      )}
      {split.problem !== undefined && <ProblemNote problem={split.problem} />}
      <div class="row">
        <Button kind="primary" type="submit" isDisabled={question === undefined || split.isRunning}>
          {t('threads.splitNow')}
        </Button>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
      </div>
    </form>
  )
}

/** The chosen posts with the comments on them. */
function movedWith(posts: readonly Post[], ids: ReadonlySet<string>): readonly Post[] {
  const moved = new Set(ids)
  let size = -1
  while (size !== moved.size) {
    size = moved.size
    for (const { id, parentId, kind } of posts)
      if (kind === 'comment' && parentId !== undefined && moved.has(parentId)) moved.add(id)
  }
  return posts.filter(({ id }) => moved.has(id))
}
