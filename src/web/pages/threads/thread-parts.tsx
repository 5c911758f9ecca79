import type { ComponentChildren } from 'preact'
import { Link, useLocation } from 'wouter-preact'
import { call } from '../../api/client.ts'
import type { Resource } from '../../api/resource.ts'
import { dayIfKnown, number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Empty, Loading, Note, ProblemNote } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { languageName } from '../articles/names.ts'
import { doToThread } from './changes.ts'
import { nameOf, pathOf, statusOf, type Thread } from './thread.ts'
import { useThread } from './use-threads.ts'

/** Where the thread comes from, how it stands, and since when. */
export function ThreadFacts({ thread }: { readonly thread: Thread }) {
  const { source, language, createdAt, views, tags, url } = thread
  return (
    <p class="row small muted">
      <span>{t(`threads.status-${statusOf(thread)}`)}</span>
      <span>{source}</span>
      <span>{languageName(language)}</span>
      {dayIfKnown(createdAt) !== '' && <time dateTime={createdAt}>{dayIfKnown(createdAt)}</time>}
      {views !== undefined && <span>{t('threads.viewed', { count: views, shown: number(views) })}</span>}
      {tags.length > 0 && <span>{tags.join(', ')}</span>}
      {url !== undefined && /^https?:/.test(url) && (
        <a href={url} rel="noreferrer noopener" target="_blank">
          {t('threads.atSource')}
        </a>
      )}
    </p>
  )
}

/** Whether agents merged the thread or split it off, with the undo. */
export function Curated({ thread }: { readonly thread: Thread }) {
  const { id, mergedInto, splitFrom } = thread
  const mayCurate = hasRole('agent', 'knowledge-manager')
  const target = useThread(mergedInto ?? splitFrom)
  const other = mergedInto ?? splitFrom
  if (other === undefined) return null
  const title = target.data === undefined ? other : nameOf(target.data)
  const isMerged = mergedInto !== undefined
  const path = `${pathOf(id)}/merge`
  return (
    <div class="row">
      <Note>
        {t(isMerged ? 'threads.isMergedInto' : 'threads.isSplitFrom')} <Link href={`/${other}`}>{title}</Link>
      </Note>
      {mayCurate && isMerged && (
        <Button
          icon="rotate-ccw"
          onClick={() =>
            void doToThread(
              t('threads.unmerged'),
              () => call('DELETE', path),
              () => call('POST', path, { body: { into: other } }),
            )
          }
        >
          {t('threads.undoMerge')}
        </Button>
      )}
      {mayCurate && !isMerged && <UndoSplit thread={thread} from={other} />}
    </div>
  )
}

/** Puts the posts back where they were; splitting them off again gives the same thread. */
function UndoSplit({ thread, from }: { readonly thread: Thread; readonly from: string }) {
  const [, go] = useLocation()
  const again = { postIds: thread.posts.map(({ id }) => id), title: thread.title || undefined }
  const undo = async () => {
    const isDone = await doToThread(
      t('threads.unsplit'),
      () => call('DELETE', `${pathOf(thread.id)}/split`),
      () => call('POST', `${pathOf(from)}/split`, { body: again }),
    )
    if (isDone) go(`/${from}`)
  }
  return (
    <Button icon="rotate-ccw" onClick={() => void undo()}>
      {t('threads.undoSplit')}
    </Button>
  )
}

/** Threads that this one is linked with, those found to be nearly the same with their likeness. */
export function Links({ thread: { links } }: { readonly thread: Thread }) {
  if (links.length === 0) return <p class="muted small">{t('threads.noLinks')}</p>
  return (
    <ul class="stack stack-tight">
      {links.map(({ threadId, title, kind, likeness, direction }) => (
        <li key={`${threadId} ${kind} ${direction}`} class="small">
          <Link href={`/${threadId}`}>{nameOf({ title })}</Link>{' '}
          <span class="muted">
            {t(`threads.link-${kind}`)}
            {likeness !== undefined && ` · ${t('threads.likeness', { share: percent(likeness) })}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** A thread once it is there. One that is not, or not for this reader, is said to be so in plain words. */
export function ThreadLoaded({
  resource,
  back,
  children,
}: {
  readonly resource: Resource<Thread>
  readonly back: string
  children(thread: Thread): ComponentChildren
}) {
  const { data, problem, refresh } = resource
  if (problem?.status === 404)
    return (
      <Empty title={t('threads.notHere')}>
        <p>{t('threads.notHereWhy')}</p>
        <ButtonLink href={back}>{t('threads.toList')}</ButtonLink>
      </Empty>
    )
  if (data !== undefined) return <>{children(data)}</>
  return problem === undefined ? <Loading /> : <ProblemNote problem={problem} onRetry={refresh} />
}
