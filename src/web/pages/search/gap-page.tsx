import { useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { useCommands } from '../../keys/commands.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { ChooseDialog } from '../../parts/choose-dialog.tsx'
import { DeclineDialog } from '../../parts/decline-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { Table } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { DAYS, type Gap, langOf, REASONS } from './gap.ts'

const SHOWN = 8

type Open = 'link' | 'phrase' | 'decline'

/** What was searched for in vain: its searches, the threads that ask the same, and what can be done. */
export function GapPage({ id }: { readonly id: string }) {
  const [search] = useSearchParams()
  const days = search.get('days') ?? DAYS
  const gap = useResource<Gap>(`/search/gaps/${id}`, { query: { days } })
  const [opened, open] = useState<Open>()
  const [, go] = useLocation()
  const decide = useAction(async (body: object | undefined) => {
    const path = `/search/gaps/${id}/decisions`
    await call(body === undefined ? 'DELETE' : 'POST', path, { body, query: { days } })
    refresh('/search/gaps')
  })
  useCommands(t('search.title'), [
    {
      id: 'gap-back',
      label: t('search.back'),
      keys: ['u', 'Escape'],
      run: () => go(days === DAYS ? '/gaps' : `/gaps?days=${days}`),
    },
  ])
  return (
    <Page
      title={gap.data === undefined ? t('search.gap') : t('search.gapOf', { text: gap.data.text })}
      actions={
        <ButtonLink href={days === DAYS ? '/gaps' : `/gaps?days=${days}`}>{t('search.back')}</ButtonLink>
      }
    >
      <Loaded resource={gap}>
        {(shown) => (
          <div class="stack">
            <p>
              <Badge kind={shown.demand === 'new' ? 'warn' : undefined}>
                {t(`search.demand-${shown.demand}`)}
              </Badge>{' '}
              {t('search.askedInVain', {
                asked: number(shown.asked),
                inVain: number(shown.asked - shown.helped),
              })}
            </p>
            {shown.article !== undefined && (
              <p>
                {t('search.wouldAnswer')}{' '}
                <Link href={`~/app/articles/${shown.article.id}`}>{shown.article.title}</Link>
              </p>
            )}
            <Decision gap={shown} onUndo={() => void decide.run(undefined)} />
            {decide.problem !== undefined && <ProblemNote problem={decide.problem} />}
            <Ways gap={shown} onOpen={open} />
            <Queries gap={shown} />
            <Threads gap={shown} />
          </div>
        )}
      </Loaded>
      {(opened === 'link' || opened === 'phrase') && gap.data !== undefined && (
        <ArticleDialog
          kind={opened}
          gap={gap.data}
          onChoose={(articleId) => void decide.run({ decision: opened, articleId })}
          onClose={() => open(undefined)}
        />
      )}
      {opened === 'decline' && gap.data !== undefined && (
        <DeclineDialog
          title={t('search.declineTitle', { text: gap.data.text })}
          reasons={REASONS}
          nameOf={(reason) => t(`search.reason-${reason}`)}
          onDecline={(reason, note) => void decide.run({ decision: 'decline', reason, note })}
          onClose={() => open(undefined)}
        />
      )}
    </Page>
  )
}

/** What became of it, and the way back. */
function Decision({ gap: { decision }, onUndo }: { readonly gap: Gap; onUndo(): void }) {
  return (
    <div role="status" class="row">
      {decision !== undefined && (
        <>
          <Note kind="good">
            {[
              t(`search.decided-${decision.decision}`, { by: decision.by ?? t('search.somebody') }),
              decision.reason !== undefined && t(`search.reason-${decision.reason}`),
              decision.note,
            ]
              .filter(Boolean)
              .join(' ')}
          </Note>
          {hasRole('knowledge-manager') && (
            <Button kind="quiet" icon="rotate-ccw" onClick={onUndo}>
              {t('parts.undo')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

/** Where to go on. */
function Ways({ gap: { candidateId, decision }, onOpen }: { readonly gap: Gap; onOpen(what: Open): void }) {
  const mayDecide = hasRole('knowledge-manager') && decision === undefined
  if (candidateId === undefined && !mayDecide) return null
  return (
    <div class="row">
      {candidateId !== undefined && (
        <ButtonLink kind="primary" href={`~/app/candidates?open=${candidateId}`}>
          {t('search.toCandidate')}
        </ButtonLink>
      )}
      {mayDecide && (
        <>
          <Button onClick={() => onOpen('phrase')}>{t('search.phrase')}</Button>
          <Button onClick={() => onOpen('link')}>{t('search.link')}</Button>
          <Button kind="quiet" onClick={() => onOpen('decline')}>
            {t('search.decline')}
          </Button>
        </>
      )}
    </div>
  )
}

function Queries({ gap }: { readonly gap: Gap }) {
  return (
    <section class="stack stack-tight">
      <h2>{t('search.searches')}</h2>
      <Table
        caption={t('search.searches')}
        columns={[
          { heading: t('search.question'), show: ({ text }) => <span lang={langOf(gap)}>{text}</span> },
          { heading: t('search.asked'), isNumber: true, show: ({ asked }) => number(asked) },
          { heading: t('search.noArticle'), isNumber: true, show: ({ failed }) => number(failed) },
          { heading: t('search.helped'), isNumber: true, show: ({ helped }) => number(helped) },
        ]}
        rows={gap.queries}
        keyOf={({ text }) => text}
      />
    </section>
  )
}

function Threads({ gap: { threads, language } }: { readonly gap: Gap }) {
  return (
    <section class="stack stack-tight">
      <h2>{t('search.threads')}</h2>
      {threads.length === 0 ? (
        <p class="muted">{t('search.noThreads')}</p>
      ) : (
        <ul class="search-threads">
          {threads.map(({ id, title, resolved }) => (
            <li key={id} class="row row-apart">
              <Link href={`~/app/threads/${id}`} lang={langOf({ language })}>
                {title}
              </Link>
              <span class="muted small">{t(resolved ? 'search.resolved' : 'search.unresolved')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The article that answers; the one that was found to comes first. */
function ArticleDialog({
  kind,
  gap,
  onChoose,
  onClose,
}: {
  readonly kind: 'link' | 'phrase'
  readonly gap: Gap
  onChoose(articleId: string): void
  onClose(): void
}) {
  return (
    <ChooseDialog
      title={t(`search.${kind}Title`, { text: gap.text })}
      means={t(`search.${kind}Means`)}
      search={t('search.chooseArticle')}
      none={t('search.noArticles')}
      find={(text) => {
        const found = useResource<Get<'/api/articles'>>('/articles', {
          query: { q: text, language: langOf(gap), limit: SHOWN },
          keepPrevious: true,
        })
        const likely = text === '' && gap.article !== undefined ? [gap.article] : []
        const others = found.data?.items.filter(({ id }) => likely.every((each) => each.id !== id)) ?? []
        return {
          problem: found.problem,
          choices:
            found.data && [...likely, ...others].slice(0, SHOWN).map(({ id, title }) => ({ id, title })),
        }
      }}
      onChoose={onChoose}
      onClose={onClose}
    />
  )
}
