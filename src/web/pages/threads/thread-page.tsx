import { useState } from 'preact/hooks'
import { useLocation, useParams, useSearchParams } from 'wouter-preact'
import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { hasRole, mayWriteArticles } from '../../sign-in/session.ts'
import { PromoteButton, usePromotion } from '../articles/promote-button.tsx'
import { strongestOf } from '../review/why.tsx'
import { AuditLink } from '../settings/audit-link.tsx'
import { ActionPicker } from './action-picker.tsx'
import { AnswerPart, useMarks } from './answering/answer-form.tsx'
import { ChangeList } from './change-list.tsx'
import { Decisions, Routing, useExplanation } from './decisions.tsx'
import { listAddress } from './filters.ts'
import { useLabelActions } from './label-actions.ts'
import { LabelHistory } from './label-history.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { Posts } from './posts.tsx'
import { Protection } from './protection.tsx'
import { SplitForm } from './split-form.tsx'
import { isPromotable, nameOf, type Thread } from './thread.ts'
import { Curated, Links, ThreadFacts, ThreadLoaded } from './thread-parts.tsx'
import { useAnnotations, useThread, useTriage } from './use-threads.ts'

/** One thread: its posts, and what people and models made of it. */
export function ThreadPage() {
  const { id = '' } = useParams<{ readonly id: string }>()
  const thread = useThread(id)
  const [, go] = useLocation()
  const back = () => go(listAddress())
  useCommands(t('threads.thread'), [{ ...usual('threads-back'), run: back }])
  const title = thread.data === undefined ? t('threads.thread') : nameOf(thread.data)
  return (
    <Page
      title={title}
      actions={
        <ButtonLink kind="quiet" keys="u" href={listAddress()}>
          {t('threads.toList')}
        </ButtonLink>
      }
    >
      <ChangeList />
      <ThreadLoaded resource={thread} back={listAddress()}>
        {(shown) => <Shown key={id} thread={shown} />}
      </ThreadLoaded>
    </Page>
  )
}

type Panel = 'why' | 'merge' | 'split' | 'facet'

function Shown({ thread }: { readonly thread: Thread }) {
  const { id } = thread
  const [search, setSearch] = useSearchParams()
  const put = (name: Panel, value: string | undefined) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      if (value === undefined) after.delete(name)
      else after.set(name, value)
      return after
    })
  const why = search.get('why') ?? undefined
  const explanation = useExplanation(id, why)
  const triage = useTriage(id)
  const annotations = useAnnotations(id)
  const marks = useMarks(id)
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const isSplitting = search.has('split')
  const toggle = (post: string) =>
    choose(new Set(chosen.has(post) ? [...chosen].filter((each) => each !== post) : [...chosen, post]))
  const toggleWhy = (facet: string) => put('why', why === facet ? undefined : facet)
  return (
    <>
      <ThreadFacts thread={thread} />
      <Curated thread={thread} />
      <Actions thread={thread} facet={search.get('facet') ?? 'category'} put={put} />
      <div class="threads-page">
        <section class="stack" aria-label={t('threads.posts')}>
          {thread.protection !== undefined && <Protection protection={thread.protection} />}
          {isSplitting && (
            <SplitForm
              thread={thread}
              ids={chosen}
              onClose={() => {
                choose(new Set())
                put('split', undefined)
              }}
            />
          )}
          <Posts
            thread={thread}
            marks={marks}
            spans={why !== undefined && explanation.data !== undefined ? strongestOf(explanation.data) : []}
            choosing={isSplitting ? { ids: chosen, toggle } : undefined}
            authorAddress={(author) => `~/app/threads?author=${encodeURIComponent(author)}`}
          />
          <AnswerPart thread={thread} />
        </section>
        <div class="threads-side">
          <section class="stack stack-tight" aria-labelledby="threads-labels">
            <h2 id="threads-labels">{t('threads.labels')}</h2>
            <Loaded resource={triage}>
              {(known) => <Decisions triage={known} why={why} explanation={explanation} onWhy={toggleWhy} />}
            </Loaded>
          </section>
          <section class="stack stack-tight" aria-labelledby="threads-routing">
            <h2 id="threads-routing">{t('threads.routing')}</h2>
            {triage.data !== undefined && <Routing triage={triage.data} />}
          </section>
          <section class="stack stack-tight" aria-labelledby="threads-links">
            <h2 id="threads-links">{t('threads.links')}</h2>
            <Links thread={thread} />
          </section>
          <section class="stack stack-tight" aria-labelledby="threads-history">
            <div class="row row-apart">
              <h2 id="threads-history">{t('threads.history')}</h2>
              <AuditLink target={id} />
            </div>
            <Loaded resource={annotations}>{({ items }) => <LabelHistory annotations={items} />}</Loaded>
          </section>
        </div>
      </div>
      {search.has('merge') && (
        <MergeDialog
          thread={thread}
          into={search.get('merge') || undefined}
          onChoose={(into) => put('merge', into ?? '')}
          onClose={() => put('merge', undefined)}
        />
      )}
    </>
  )
}

function Actions({
  thread,
  facet,
  put,
}: {
  readonly thread: Thread
  readonly facet: string
  put(name: Panel, value: string | undefined): void
}) {
  const { id, title, posts, mergedInto } = thread
  const [isOpen, open] = useState(false)
  const promotion = usePromotion(id)
  const isMerged = mergedInto !== undefined
  const mayCurate = hasRole('agent', 'knowledge-manager') && !isMerged
  const maySplit = mayCurate && posts.length > 1
  const mayPromote = mayWriteArticles() && isPromotable(thread)
  const labels = useLabelActions(isMerged ? [] : [{ id, title }], facet, (other) => {
    put('facet', other)
    open(true)
  })
  const actions = [
    ...(mayPromote ? [{ id: 'promote', label: t('threads.promote'), run: () => void promotion.run() }] : []),
    ...(mayCurate ? [{ id: 'merge', label: t('threads.mergeInto'), run: () => put('merge', '') }] : []),
    ...(maySplit ? [{ id: 'split', label: t('threads.split'), run: () => put('split', '1') }] : []),
  ]
  useCommands(t('threads.thread'), [
    { ...usual('threads-actions'), run: () => open(true) },
    ...actions.map((each) => (each.id === 'promote' ? { ...each, keys: ['p'] } : each)),
  ])
  return (
    <div class="row">
      {mayPromote && <PromoteButton threadId={id} kind="primary" keys="p" />}
      {(labels.actions.length > 0 || labels.isLoading) && (
        <Button keys="." onClick={() => open(true)}>
          {t('threads.label')}
        </Button>
      )}
      {mayCurate && (
        <Button icon="git-merge" onClick={() => put('merge', '')}>
          {t('threads.mergeInto')}
        </Button>
      )}
      {maySplit && <Button onClick={() => put('split', '1')}>{t('threads.split')}</Button>}
      {isOpen && (
        <ActionPicker
          about={t('threads.actionsOn', { title: nameOf(thread) })}
          actions={[...labels.actions, ...actions]}
          isLoading={labels.isLoading}
          onClose={() => open(false)}
        />
      )}
    </div>
  )
}
