import { useEffect, useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { useCommands } from '../../../keys/commands.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Page } from '../../../parts/page.tsx'
import { Loaded, Note, ProblemNote } from '../../../parts/states.tsx'
import { fieldName, languageName } from '../names.ts'
import { AdditionRow, PassageRow } from './passage-row.tsx'
import { isToDo, langOf, type TranslatedPassage, type Translation } from './translation.ts'
import { type TranslationWork, useTranslation } from './use-translation.ts'

/** A translation beside its original, passage by passage. */
export function TranslationPage({ id }: { readonly id: string }) {
  const work = useTranslation(id)
  const { data } = work.resource
  if (data !== undefined) return <Shown translation={data} work={work} />
  return (
    <Page title={t('translations.translation')}>
      <Loaded resource={work.resource}>{() => undefined}</Loaded>
    </Page>
  )
}

function Shown({ translation, work }: { readonly translation: Translation; readonly work: TranslationWork }) {
  const { id, original, language, passages, additions, proposes } = translation
  const [edited, setEdited] = useState<string>()
  const [said, say] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const [, go] = useLocation()
  const toDo = passages.filter(isToDo).length
  useCommandsOfPage({ list, isEditing: edited !== undefined, back: () => go(`/${id}`) })
  const proposeAll = useAction(async () => {
    const withheld = await work.propose()
    say(
      withheld === 0
        ? t('translations.allProposed')
        : t('translations.withheld', { n: withheld, count: number(withheld) }),
    )
  })
  const leave = (passageId: string) => {
    setEdited(undefined)
    focusPassage(list.current, passageId)
  }
  /** The next that waits is opened at once. */
  const next = useAction(async (passage: TranslatedPassage) => {
    say(t('translations.saved'))
    const at = passages.findIndex((each) => each.id === passage.id)
    const order = [...passages.slice(at + 1), ...passages.slice(0, at)]
    const following = order.find((each) => isToDo(each) && (each.lock === undefined || each.lock.own))
    if (following === undefined) return leave(passage.id)
    setEdited(undefined)
    await work.lock(following.id)
    setEdited(following.id)
  })
  return (
    <Page
      title={translation.title || original.title || t('articles.untitled')}
      actions={
        <>
          {proposes && (
            <Button
              kind="quiet"
              isDisabled={proposeAll.isRunning || toDo === 0}
              onClick={() => void proposeAll.run()}
            >
              {t('translations.proposeAll')}
            </Button>
          )}
          <ButtonLink kind={toDo === 0 ? 'primary' : undefined} href={`/${id}/edit`}>
            {t('translations.toDraft')}
          </ButtonLink>
        </>
      }
    >
      <p class="row">
        <Link href={`/${original.id}`} lang={langOf(original.language)}>
          {original.title || t('articles.untitled')}
        </Link>
        <span class="muted small">
          {[
            t('translations.from', { from: languageName(original.language), to: languageName(language) }),
            toDo === 0
              ? t('translations.complete')
              : t('translations.toDo', { n: toDo, count: number(toDo) }),
          ].join(' · ')}
        </span>
      </p>
      <div role="status">{said !== '' && <Note kind="good">{said}</Note>}</div>
      {proposeAll.problem !== undefined && <ProblemNote problem={proposeAll.problem} />}
      {next.problem !== undefined && <ProblemNote problem={next.problem} />}
      <div ref={list} class="stack">
        <div class="translation-row translation-languages" aria-hidden="true">
          <span>{languageName(original.language)}</span>
          <span>{languageName(language)}</span>
        </div>
        {SECTIONS.map((section) => {
          const own = passages.filter((each) => each.section === section)
          const added = additions.filter((each) => each.section === section)
          if (own.length + added.length === 0) return undefined
          return (
            <section key={section} class="stack stack-tight">
              <h2 class="articles-section-name">{fieldName(section)}</h2>
              <ol class="translation-list">
                {added.filter(({ after }) => after === undefined).map(showAddition)}
                {own.flatMap((passage, at) => [
                  <PassageRow
                    key={passage.id}
                    translation={translation}
                    passage={passage}
                    number={at + 1}
                    work={work}
                    isEdited={edited === passage.id}
                    onEdit={() => setEdited(passage.id)}
                    onSaved={() => void next.run(passage)}
                    onLeave={() => leave(passage.id)}
                  />,
                  ...added.filter(({ after }) => after === passage.id).map(showAddition),
                ])}
              </ol>
            </section>
          )
        })}
      </div>
    </Page>
  )

  function showAddition(addition: Translation['additions'][number]) {
    return <AdditionRow key={`${addition.after}${addition.text}`} addition={addition} language={language} />
  }
}

const SECTIONS = ['title', 'issue', 'environment', 'resolution', 'cause'] as const

function rowsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('li[id]') ?? [])]
}

/** The focus goes where a passage is opened from. */
function focusPassage(list: HTMLElement | null, passageId: string): void {
  requestAnimationFrame(() =>
    rowsIn(list)
      .find((row) => row.id === passageId)
      ?.querySelector('button')
      ?.focus(),
  )
}

function useCommandsOfPage({
  list,
  isEditing,
  back,
}: {
  readonly list: { readonly current: HTMLElement | null }
  readonly isEditing: boolean
  back(): void
}): void {
  const move = (by: number, isWanted: (row: HTMLElement) => boolean = () => true) => {
    const rows = rowsIn(list.current)
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const order = by > 0 ? rows.slice(at + 1) : rows.slice(0, Math.max(0, at)).reverse()
    order.find(isWanted)?.querySelector('button')?.focus()
  }
  const waits = (row: HTMLElement) => row.dataset.state !== 'translated'
  useEffect(() => {
    // Whoever comes to work begins with what waits.
    if (!isEditing && document.activeElement === document.body) move(1, waits)
  }, [])
  useCommands(
    t('translations.translation'),
    [
      {
        id: 'list-next',
        label: t('translations.nextPassage'),
        keys: ['j', 'ArrowDown'],
        isHidden: true,
        run: () => move(1),
      },
      {
        id: 'list-previous',
        label: t('translations.previousPassage'),
        keys: ['k', 'ArrowUp'],
        isHidden: true,
        run: () => move(-1),
      },
      {
        id: 'next-change',
        label: t('translations.nextToDo'),
        keys: ['Alt+ArrowDown'],
        run: () => move(1, waits),
      },
      {
        id: 'previous-change',
        label: t('translations.previousToDo'),
        keys: ['Alt+ArrowUp'],
        run: () => move(-1, waits),
      },
      { id: 'article-back', label: t('articles.back'), keys: ['u', 'Escape'], run: back },
    ],
    !isEditing,
  )
}
