import { useRef, useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { useEndless } from '../../../api/endless.ts'
import { useResource } from '../../../api/resource.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Empty } from '../../../parts/states.tsx'
import { type Column, PagedTable } from '../../../parts/table.tsx'
import { EntryForm } from './entry-form.tsx'
import { RemoveForm } from './remove-form.tsx'
import type { Entry, Synonyms } from './synonyms.ts'
import { WordList } from './word-list.tsx'

/** The entries in force; what is looked for among them stands in the address. */
export function EntriesTab() {
  const [search, setSearch] = useSearchParams()
  const q = search.get('q') ?? ''
  const entries = useEndless<Entry>('/search/synonyms', { q: q === '' ? undefined : q, limit: 50 })
  const { data: current } = useResource<Synonyms>('/search/synonyms', { query: { limit: 1 }, staleMs: 0 })
  const [opened, open] = useState<{ readonly entry: Entry; readonly how: 'edit' | 'remove' }>()
  const field = useRef<HTMLDivElement>(null)
  useCommands(t('synonyms.title'), [
    { ...usual('list-text'), run: () => field.current?.querySelector('input')?.focus() },
  ])
  const close = () => open(undefined)
  const columns: readonly Column<Entry>[] = [
    { heading: t('synonyms.words'), show: ({ words }) => <WordList words={words} /> },
    {
      heading: t('synonyms.finds'),
      show: ({ alsoFinds }) =>
        alsoFinds === undefined ? (
          <span class="muted">{t('synonyms.eachOther')}</span>
        ) : (
          <div class="synonyms-one-way">
            <Icon name="chevron-right" />
            <WordList words={alsoFinds} />
          </div>
        ),
    },
    {
      heading: t('synonyms.actions'),
      isActions: true,
      show: (entry) => (
        <div class="row">
          <Button
            label={t('synonyms.editEntry', { line: entry.line })}
            onClick={() => open({ entry, how: 'edit' })}
          >
            {t('parts.edit')}
          </Button>
          <Button
            icon="trash-2"
            label={t('synonyms.removeEntry', { line: entry.line })}
            onClick={() => open({ entry, how: 'remove' })}
          />
        </div>
      ),
    },
  ]
  return (
    <>
      <div ref={field} class="synonyms-search">
        <TextField
          label={t('synonyms.search')}
          type="search"
          value={q}
          maxLength={200}
          onInput={(value) =>
            setSearch(
              (before) => {
                if (value === '') before.delete('q')
                else before.set('q', value)
                return before
              },
              { replace: true },
            )
          }
        />
      </div>
      {current !== undefined && (
        <p class="muted small">
          {t('synonyms.total', { count: current.total, shown: number(current.total) })}
        </p>
      )}
      <PagedTable
        caption={t('synonyms.tab-entries')}
        pages={entries}
        columns={columns}
        keyOf={({ id }) => String(id)}
        empty={
          <Empty title={t(q === '' ? 'synonyms.none' : 'synonyms.noneFound')}>
            {q === '' && <p>{t('synonyms.noneHint')}</p>}
          </Empty>
        }
      />
      {opened?.how === 'edit' && current !== undefined && (
        <EntryForm
          title={t('synonyms.edit')}
          version={current.version}
          before={opened.entry}
          onClose={close}
        />
      )}
      {opened?.how === 'remove' && current !== undefined && (
        <RemoveForm version={current.version} entry={opened.entry} onClose={close} />
      )}
    </>
  )
}
