import { useResource } from '../../../api/resource.ts'
import type { Get, ItemOf } from '../../../api/types.ts'
import { type CommandId, usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Badge } from '../../../parts/states.tsx'
import { pathOf } from '../thread.ts'

type Suggested = Get<'/api/threads/{id}/suggested-answers'>

const KEYS: readonly CommandId[] = ['answer-insert-1', 'answer-insert-2', 'answer-insert-3']

/** Articles and resolved threads that may answer, each to insert by one key. */
export function Suggestions({
  threadId,
  onInsert,
}: {
  readonly threadId: string
  onInsert(text: string): void
}) {
  const found = useResource<Suggested>(`${pathOf(threadId)}/suggested-answers`, { staleMs: 60_000 })
  const items = found.data?.items ?? []
  useCommands(
    t('threads.answerTitle'),
    items.flatMap(({ text }, at) => {
      const id = KEYS[at]
      return id === undefined ? [] : [{ ...usual(id), run: () => onInsert(text) }]
    }),
  )
  if (items.length === 0) return null
  return (
    <section class="stack stack-tight" aria-labelledby="threads-suggested">
      <h3 id="threads-suggested">{t('threads.mayAnswer')}</h3>
      <ol class="threads-suggested">
        {items.map((item, at) => (
          <li key={item.id} class="row row-apart">
            <a href={addressOf(item)} target="_blank" rel="noopener" lang={item.language}>
              {item.title}
            </a>
            <span class="row">
              <Badge>{t(item.kind === 'article' ? 'threads.anArticle' : 'threads.aThread')}</Badge>
              {item.audience !== 'public' && <Badge>{t(`threads.seenBy-${item.audience}`)}</Badge>}
              <Button keys={`Alt+Digit${at + 1}`} onClick={() => onInsert(item.text)}>
                {t('threads.insert')}
              </Button>
            </span>
          </li>
        ))}
      </ol>
      {items.some(({ audience }) => audience !== 'public') && (
        <p class="small muted">{t('threads.insertHint')}</p>
      )}
    </section>
  )
}

function addressOf({ kind, id }: ItemOf<Suggested>): string {
  return kind === 'article' ? `/app/articles/${id}` : `/app/threads/${id}`
}
