import { useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { day, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Empty, Loaded, ProblemNote } from '../../../parts/states.tsx'
import { type Column, Table } from '../../../parts/table.tsx'
import { me } from '../../../sign-in/session.ts'
import { useListKeys } from '../list-keys.ts'
import { isCoach, type Judgement, langOf, type SampledLink, titleOf } from './coaching.ts'

const JUDGEMENTS: readonly Judgement[] = ['right', 'wrong', 'unclear']

/** The links in the sample of the month: does each article answer what it was used for? */
export function LinksTab() {
  const links = useResource<Get<'/api/coaching/links'>>('/coaching/links')
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<string>()
  const judge = useAction(async (use: string, judgement: Judgement) => {
    await call('POST', '/coaching/links/judgements', { body: { use, judgement } })
    refresh('/coaching')
  })
  const judgeFocused = (judgement: Judgement) => {
    const link = links.data?.items.find(({ useId }) => useId === at)
    if (link !== undefined && mayJudge(link)) void judge.run(link.useId, judgement)
  }
  useListKeys({ list, filter: () => list.current?.querySelector('a')?.focus() })
  useCommands(
    t('coaching.tab-links'),
    [
      { ...usual('coaching-yes'), label: t('coaching.right'), run: () => judgeFocused('right') },
      { ...usual('coaching-no'), label: t('coaching.wrong'), run: () => judgeFocused('wrong') },
      { ...usual('coaching-unclear'), run: () => judgeFocused('unclear') },
    ],
    isCoach(),
  )
  return (
    <Loaded resource={links}>
      {({ items, from, to }) =>
        items.length === 0 ? (
          <Empty title={t('coaching.noLinks')}>
            <p>{t('coaching.nothingHint')}</p>
          </Empty>
        ) : (
          <div class="stack">
            <p class="muted" aria-live="polite">
              {t('coaching.linksDrawn', {
                judged: number(items.filter(({ judged }) => judged !== undefined).length),
                total: number(items.length),
                from: day(from),
                to: day(to),
              })}
            </p>
            {judge.problem !== undefined && <ProblemNote problem={judge.problem} />}
            <div ref={list}>
              <Table
                caption={t('coaching.tab-links')}
                rows={items}
                keyOf={({ useId }) => useId}
                columns={columnsOf(setAt, (link, judgement) => void judge.run(link.useId, judgement))}
              />
            </div>
          </div>
        )
      }
    </Loaded>
  )
}

function mayJudge({ judged }: SampledLink): boolean {
  return isCoach() && (judged === undefined || judged.coach.id === me.value?.id)
}

function columnsOf(
  onFocus: (useId: string) => void,
  onJudge: (link: SampledLink, judgement: Judgement) => void,
): readonly Column<SampledLink>[] {
  return [
    {
      heading: t('articles.article'),
      show: (link) => (
        <Link
          class="articles-title"
          href={`/${link.articleId}`}
          lang={langOf(link.language)}
          onFocus={() => onFocus(link.useId)}
        >
          {titleOf(link)}
        </Link>
      ),
    },
    { heading: t('coaching.usedFor'), show: (link) => <UsedFor link={link} /> },
    {
      heading: t('coaching.usedBy'),
      show: ({ by, usedAt }) => `${by.name}, ${day(usedAt)}`,
    },
    {
      heading: t('coaching.judgement'),
      show: (link) => (
        <div class="row">
          {JUDGEMENTS.map((each) => (
            <Button
              key={each}
              isPressed={link.judged?.judgement === each}
              isDisabled={!mayJudge(link)}
              onClick={() => onJudge(link, each)}
            >
              {t(`coaching.${each}`)}
            </Button>
          ))}
          {link.judged !== undefined && <span class="muted small">{link.judged.coach.name}</span>}
        </div>
      ),
    },
  ]
}

function UsedFor({ link: { kind, reference } }: { readonly link: SampledLink }) {
  if (kind === 'thread') return <Link href={`~/app/threads/${reference}`}>{t('coaching.kind-thread')}</Link>
  const isAddress = /^https?:\/\//.test(reference)
  return (
    <span class="coaching-reference">
      {t(`coaching.kind-${kind}`)}{' '}
      {isAddress ? (
        <a href={reference} rel="noreferrer" target="_blank">
          {reference}
        </a>
      ) : (
        reference
      )}
    </span>
  )
}
