import { useEffect } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { prefetch, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { day, dayIfKnown } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Loaded, Note } from '../../parts/states.tsx'
import { titleOf } from '../../parts/title.ts'
import { RenderedHtml } from '../../parts/trusted-html.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type Conflict, sidesOf, useConflicts, useFilters } from './conflict.ts'
import { RulingForm } from './ruling-form.tsx'
import { RulingNotes } from './ruling-note.tsx'
import { type RulingInput, rule } from './rulings.ts'
import { Sides } from './sides.tsx'
import { Similar } from './similar.tsx'

/** Posts as the server renders them. */
const AS_HTML = { html: true }

type Thread = Get<'/api/threads/{id}'>

/** One conflict: both labels with who gave them and why, the thread, posts like it, and the ruling. */
export function ConflictPage({ id }: { readonly id: string }) {
  const conflict = useResource<Conflict>(`/conflicts/${encodeURIComponent(id)}`)
  const { next, previous, list, at, count } = useNeighbours(id)
  const [, go] = useLocation()
  useCommands(t('conflicts.title'), [
    { ...usual('list-next'), label: t('conflicts.next'), run: () => next && go(next) },
    {
      ...usual('list-previous'),
      label: t('conflicts.previous'),
      run: () => previous && go(previous),
    },
    { ...usual('list-back'), run: () => go(list) },
  ])
  return (
    <Page
      title={conflict.data === undefined ? t('conflicts.one') : titleOf(conflict.data)}
      actions={
        <>
          {at >= 0 && <span class="small muted">{t('conflicts.place', { at: at + 1, count })}</span>}
          <Button
            kind="quiet"
            keys="k"
            isDisabled={previous === undefined}
            onClick={() => previous && go(previous)}
          >
            {t('conflicts.previous')}
          </Button>
          <Button kind="quiet" keys="j" isDisabled={next === undefined} onClick={() => next && go(next)}>
            {t('conflicts.next')}
          </Button>
          <ButtonLink kind="quiet" keys="u" href={list}>
            {t('conflicts.back')}
          </ButtonLink>
        </>
      }
    >
      <RulingNotes />
      <Loaded resource={conflict}>
        {(data) => (
          <Judgement
            key={data.id}
            conflict={data}
            onRule={(input) => {
              rule(data, input)
              go(next ?? list)
            }}
          />
        )}
      </Loaded>
    </Page>
  )
}

/** Where the conflict stands in the list that the address filters. */
function useNeighbours(id: string) {
  const { filters, query } = useFilters()
  const items = useConflicts(filters).data?.items ?? []
  const at = items.findIndex((each) => each.id === id)
  const [before, after] =
    at < 0 ? [undefined, items.find((each) => each.id !== id)] : [items[at - 1], items[at + 1]]
  useEffect(() => {
    if (after === undefined) return
    prefetch(`/conflicts/${after.id}`)
    prefetch(`/threads/${after.threadId}`, AS_HTML)
    prefetch(`/threads/${after.threadId}/annotations`)
  }, [after?.id])
  const href = (each: Conflict | undefined) => each && `/${each.id}${query}`
  return { previous: href(before), next: href(after), list: `/${query}`, at, count: items.length }
}

function Judgement({ conflict, onRule }: { readonly conflict: Conflict; onRule(input: RulingInput): void }) {
  const { threadId, facet, closed } = conflict
  const thread = useResource<Thread>(`/threads/${threadId}`, { query: AS_HTML })
  const annotations = useResource<Get<'/api/threads/{id}/annotations'>>(`/threads/${threadId}/annotations`)
  return (
    <div class="conflict">
      <div class="stack">
        <Loaded resource={thread}>{(data) => <Posts thread={data} />}</Loaded>
        <Similar threadId={threadId} facet={facet} />
      </div>
      <div class="stack">
        <Disputes conflict={conflict} />
        {closed !== undefined && <Note kind="good">{t(`conflicts.was-${closed.outcome}`)}</Note>}
        <Loaded resource={annotations}>
          {({ items }) => {
            const sides = sidesOf(conflict, items)
            return closed === undefined && hasRole('knowledge-manager') ? (
              <RulingForm conflict={conflict} sides={sides} onRule={onRule} />
            ) : (
              <>
                <Sides sides={sides} />
                {closed === undefined && <p class="muted">{t('conflicts.readOnly')}</p>}
              </>
            )
          }}
        </Loaded>
      </div>
    </div>
  )
}

/** What agents find wrong beside the labels. */
function Disputes({ conflict: { grounds } }: { readonly conflict: Conflict }) {
  const disputes = grounds.flatMap(({ disputes: each = [] }) => each)
  return (
    <>
      {disputes.map(({ reason, actor, createdAt }) => (
        <blockquote key={createdAt + actor.id} class="conflict-dispute">
          <p>{reason}</p>
          <p class="small muted">{t('conflicts.disputedBy', { name: actor.name, date: day(createdAt) })}</p>
        </blockquote>
      ))}
    </>
  )
}

function Posts({ thread: { id, source, language, posts } }: { readonly thread: Thread }) {
  return (
    <article class="stack" lang={language}>
      <p class="row small muted" lang={document.documentElement.lang}>
        <span>{source}</span>
        <span>{language}</span>
        <Link href={`~/app/threads/${id}`}>{t('conflicts.openThread')}</Link>
      </p>
      {posts.map(({ id: postId, kind, author, body, html, accepted, createdAt }) => (
        <section key={postId} class="conflict-post stack stack-tight" data-kind={kind}>
          <p class="row small muted" lang={document.documentElement.lang}>
            <span>{t(`conflicts.post-${kind}`)}</span>
            {author !== undefined && <span>{author.name}</span>}
            <span>{dayIfKnown(createdAt)}</span>
            {accepted && <Badge kind="good">{t('conflicts.accepted')}</Badge>}
          </p>
          {html === undefined ? <p class="conflict-text">{body}</p> : <RenderedHtml html={html} />}
        </section>
      ))}
    </article>
  )
}
