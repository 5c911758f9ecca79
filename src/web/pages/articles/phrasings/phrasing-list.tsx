import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { remember, useResource } from '../../../api/resource.ts'
import type { Get, ItemOf } from '../../../api/types.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Badge, Loaded, ProblemNote } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import type { Article } from '../article.ts'

type List = Get<'/api/articles/{id}/phrasings'>
type Phrasing = ItemOf<List>

const LONGEST = 200

/** What people called what the article answers, and which of it the article is found by. */
export function PhrasingList({ article: { id, language } }: { readonly article: Article }) {
  const path = `/articles/${id}/phrasings`
  const list = useResource<List>(path)
  const change = useAction(async (method: 'POST' | 'DELETE', below: string, body?: object) => {
    const { data } = await call<List>(method, `${path}${below}`, { body })
    remember(path, data)
    return data
  })
  const lang = language === 'und' ? undefined : language
  const mayDecide = hasRole('knowledge-manager')
  return (
    <section class="stack stack-tight" aria-label={t('phrasings.title')}>
      <h2>{t('phrasings.title')}</h2>
      <Loaded resource={list}>
        {({ items }) => {
          const known = items.filter(({ state }) => state !== 'removed')
          const removed = items.filter(({ state }) => state === 'removed')
          return (
            <>
              <p class="muted small">{t(known.length === 0 ? 'phrasings.none' : 'phrasings.hint')}</p>
              <ul class="phrasings">
                {known.map((each) => (
                  <Known
                    key={each.id}
                    phrasing={each}
                    lang={lang}
                    onRemove={mayDecide ? () => void change.run('DELETE', `/${each.id}`) : undefined}
                  />
                ))}
              </ul>
              {removed.length > 0 && (
                <details>
                  <summary>
                    {t('phrasings.removed', { n: removed.length, count: number(removed.length) })}
                  </summary>
                  <ul class="phrasings">
                    {removed.map(({ id: phrasing, text }) => (
                      <li key={phrasing} class="row row-apart">
                        <span class="muted" lang={lang}>
                          {text}
                        </span>
                        {mayDecide && (
                          <Button
                            kind="quiet"
                            label={t('phrasings.restoreThis', { text })}
                            onClick={() => void change.run('POST', `/${phrasing}/restore`)}
                          >
                            {t('phrasings.restore')}
                          </Button>
                        )}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          )
        }}
      </Loaded>
      {change.problem !== undefined && <ProblemNote problem={change.problem} />}
      {mayDecide && (
        <Addition
          isRunning={change.isRunning}
          onAdd={async (text) => (await change.run('POST', '', { text })) !== undefined}
        />
      )}
    </section>
  )
}

function Known({
  phrasing: { text, origin, visitors = 0, threadId, state },
  lang,
  onRemove,
}: {
  readonly phrasing: Phrasing
  readonly lang: string | undefined
  readonly onRemove: (() => void) | undefined
}) {
  const hint = state === 'ranks' || state === 'removed' ? undefined : t(`phrasings.stateHint-${state}`)
  return (
    <li class="row row-apart">
      <span class="stack stack-tight">
        <span lang={lang}>{text}</span>
        <span class="muted small" title={hint}>
          <Badge kind={state === 'ranks' ? 'good' : undefined}>{t(`phrasings.state-${state}`)}</Badge>{' '}
          {threadId === undefined ? (
            t(`phrasings.origin-${origin}`, { n: visitors, count: number(visitors) })
          ) : (
            <Link href={`~/app/threads/${threadId}`} title={t('phrasings.toThread')}>
              {t(`phrasings.origin-${origin}`, { n: visitors, count: number(visitors) })}
            </Link>
          )}
        </span>
      </span>
      {onRemove && (
        <Button kind="quiet" icon="x" label={t('phrasings.remove', { text })} onClick={onRemove} />
      )}
    </li>
  )
}

function Addition({
  isRunning,
  onAdd,
}: {
  readonly isRunning: boolean
  onAdd(text: string): Promise<boolean>
}) {
  const [text, setText] = useState('')
  return (
    <form
      class="stack stack-tight"
      onSubmit={async (event) => {
        event.preventDefault()
        if (text.trim() !== '' && !isRunning && (await onAdd(text.trim()))) setText('')
      }}
    >
      <TextField
        label={t('phrasings.add')}
        hint={t('phrasings.addHint')}
        value={text}
        maxLength={LONGEST}
        onInput={setText}
      />
      <div>
        <Button type="submit" isDisabled={isRunning || text.trim() === ''}>
          {t('phrasings.addNow')}
        </Button>
      </div>
    </form>
  )
}
