import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { newKey } from '../../../api/new-key.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { preferences, preferFrom } from '../../../sign-in/session.ts'
import { type Filters, filtersIn, searchOf } from '../filters.ts'

const PLACE = '/app/threads'

/** The views of the list that a person saved; each stands for an address. */
export function SavedViews({ filters }: { readonly filters: Filters }) {
  const all = preferences.value.views ?? []
  const own = all.filter(({ path }) => path === PLACE || path.startsWith(`${PLACE}?`))
  const here = pathOf(filters)
  const [name, setName] = useState<string>()
  const save = async () => {
    if (name === undefined || name.trim() === '') return
    const view = { id: newKey(), name: name.trim(), path: here }
    if (await preferFrom(({ views = [] }) => ({ views: [...views, view] }))) setName(undefined)
  }
  const remove = (wanted: string) =>
    void preferFrom(({ views = [] }) => ({ views: views.filter(({ id }) => id !== wanted) }))
  const isSaved = own.some(({ path }) => sameList(path, here))
  return (
    <nav class="threads-views row" aria-label={t('threads.views')}>
      {own.map(({ id, name: shown, path }) => {
        const isHere = sameList(path, here)
        return (
          <span key={id} class="threads-view">
            <Link href={`~${path}`} aria-current={isHere ? 'page' : undefined}>
              {shown}
            </Link>
            {isHere && (
              <Button
                kind="quiet"
                icon="x"
                label={t('threads.deleteView', { name: shown })}
                onClick={() => remove(id)}
              />
            )}
          </span>
        )
      })}
      {name === undefined ? (
        !isSaved &&
        here !== PLACE && (
          <Button kind="quiet" icon="plus" onClick={() => setName('')}>
            {t('threads.saveView')}
          </Button>
        )
      ) : (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
          onKeyDown={({ key }) => key === 'Escape' && setName(undefined)}
        >
          <TextField label={t('threads.viewName')} value={name} maxLength={100} autofocus onInput={setName} />
          <Button type="submit">{t('parts.save')}</Button>
          <Button kind="quiet" onClick={() => setName(undefined)}>
            {t('parts.cancel')}
          </Button>
        </form>
      )}
    </nav>
  )
}

function pathOf({ open: _open, ...filters }: Filters): string {
  const search = searchOf(filters)
  return search === '' ? PLACE : `${PLACE}?${search}`
}

function sameList(one: string, other: string): boolean {
  const listOf = (path: string) => pathOf(filtersIn(path.slice(PLACE.length)))
  return listOf(one) === listOf(other)
}
