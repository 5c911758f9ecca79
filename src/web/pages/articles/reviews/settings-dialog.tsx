import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { type Resource, refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { t } from '../../../messages/messages.ts'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextField } from '../../../parts/field.tsx'
import { SettingsForm } from '../../../parts/settings-form.tsx'
import { Loaded } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import type { Settings } from './review.ts'

const FIELDS = [
  { name: 'aWeek', min: 0, max: 100 },
  { name: 'days', min: 1, max: 3650 },
  { name: 'unusedDays', min: 1, max: 3650 },
  { name: 'unsolved', min: 1, max: 1000 },
] as const

/** When articles are due for a review, to be read by all and changed by knowledge managers. */
export function SettingsDialog({ onClose }: { onClose(): void }) {
  const settings = useResource<Settings>('/articles/reviews/settings', { staleMs: 0 })
  return (
    <Dialog title={t('reviews.settings')} size="wide" onClose={onClose}>
      <Loaded resource={settings}>
        {(data) => <Form key={settings.etag} data={data} settings={settings} onClose={onClose} />}
      </Loaded>
    </Dialog>
  )
}

function Form({
  data,
  settings: { etag },
  onClose,
}: {
  readonly data: Settings
  readonly settings: Resource<Settings>
  onClose(): void
}) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(FIELDS.map(({ name }) => [name, String(data[name])])),
  )
  const [ofCategories, setOfCategories] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(Object.entries(data.categories).map(([label, days]) => [label, String(days)])),
  )
  const categories = useResource<Get<'/api/articles/categories'>>('/articles/categories', {
    query: { limit: 100 },
  })
  const labels = new Set([
    ...(categories.data?.items ?? []).map(({ label }) => label),
    ...Object.keys(data.categories),
  ])
  const mayChange = hasRole('knowledge-manager')
  const save = useAction(async () => {
    const stated = Object.entries(ofCategories).filter(([, days]) => days.trim() !== '')
    const body = {
      ...Object.fromEntries(FIELDS.map(({ name }) => [name, Number(texts[name])])),
      categories: Object.fromEntries(stated.map(([label, days]) => [label, Number(days)])),
    }
    try {
      await call('PUT', '/articles/reviews/settings', { body, ifMatch: etag ?? '"0"' })
    } finally {
      refresh('/articles/reviews')
    }
    onClose()
  })
  return (
    <SettingsForm save={save} mayChange={mayChange} onClose={onClose}>
      <div class="columns">
        {FIELDS.map(({ name, ...range }) => (
          <TextField
            key={name}
            label={t(`reviews.setting-${name}`)}
            hint={t(`reviews.hint-${name}`)}
            type="number"
            {...range}
            step={1}
            required
            readOnly={!mayChange}
            value={texts[name] ?? ''}
            onInput={(text) => setTexts({ ...texts, [name]: text })}
          />
        ))}
      </div>
      {labels.size > 0 && (
        <fieldset class="stack stack-tight">
          <legend>{t('reviews.ofCategories')}</legend>
          <div class="columns">
            {[...labels].map((label) => (
              <TextField
                key={label}
                label={label}
                type="number"
                min={1}
                max={3650}
                step={1}
                readOnly={!mayChange}
                placeholder={texts.days}
                value={ofCategories[label] ?? ''}
                onInput={(text) => setOfCategories({ ...ofCategories, [label]: text })}
              />
            ))}
          </div>
        </fieldset>
      )}
    </SettingsForm>
  )
}
