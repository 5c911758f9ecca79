import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { moment } from '../../messages/format.ts'
import { currentLanguage, type Language, t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, ProblemNote } from '../../parts/states.tsx'
import { Table } from '../../parts/table.tsx'
import {
  chooseLanguage,
  chooseTheme,
  me,
  preferences,
  preferFrom,
  type Theme,
  theme,
} from '../../sign-in/session.ts'
import { ShortcutsForm } from './shortcuts-form.tsx'

/** What a person sets for themselves. */
export function MePage() {
  const person = me.value
  const isPerson = person?.kind === 'person'
  return (
    <Page title={t('settings.me')}>
      <p class="muted">
        {person?.name} · {person?.email} · {person?.roles.map((role) => t(`roles.${role}`)).join(', ')}
      </p>
      <div class="columns">
        <section class="form" aria-labelledby="look">
          <h2 id="look">{t('settings.look')}</h2>
          <SelectField
            label={t('settings.language')}
            value={currentLanguage()}
            choices={[
              { value: 'en', label: 'English' },
              { value: 'fr', label: 'Français' },
            ]}
            onChoose={(language) => void chooseLanguage(language as Language)}
          />
          <SelectField
            label={t('settings.theme')}
            value={theme.value}
            choices={(['system', 'light', 'dark'] as const).map((each) => ({
              value: each,
              label: t(`settings.theme_${each}`),
            }))}
            onChoose={(chosen) => void chooseTheme(chosen as Theme)}
          />
        </section>
        {isPerson && <PasswordForm />}
      </div>
      <ShortcutsForm />
      <SavedViews />
      {isPerson && <Sessions />}
    </Page>
  )
}

function PasswordForm() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isChanged, setChanged] = useState(false)
  const change = useAction(async () => {
    await call('POST', '/me/password', { body: { current, next } })
    setCurrent('')
    setNext('')
    setChanged(true)
    refresh('/me/sessions')
  })
  return (
    <form
      class="form"
      aria-labelledby="password"
      onSubmit={(event) => {
        event.preventDefault()
        void change.run()
      }}
    >
      <h2 id="password">{t('settings.password')}</h2>
      {/* For password managers. */}
      <input type="text" autocomplete="username" hidden readOnly value={me.value?.email} />
      <TextField
        label={t('settings.currentPassword')}
        type="password"
        autocomplete="current-password"
        required
        value={current}
        onInput={setCurrent}
      />
      <TextField
        label={t('sign-in.newPassword')}
        hint={t('settings.endsOthers')}
        type="password"
        autocomplete="new-password"
        minLength={12}
        required
        value={next}
        onInput={setNext}
      />
      {change.problem && <ProblemNote problem={change.problem} />}
      {isChanged && <p role="status">{t('settings.passwordChanged')}</p>}
      <div>
        <Button type="submit" isDisabled={change.isRunning}>
          {t('settings.changePassword')}
        </Button>
      </div>
    </form>
  )
}

function SavedViews() {
  const views = preferences.value.views ?? []
  if (views.length === 0) return null
  return (
    <section class="stack stack-tight">
      <h2>{t('settings.views')}</h2>
      <ul>
        {views.map(({ id, name, path }) => (
          <li key={id} class="row">
            <Link href={`~${path}`}>{name}</Link>
            <Button
              kind="quiet"
              icon="trash-2"
              label={t('settings.removeView', { name })}
              onClick={() =>
                void preferFrom(({ views: all = [] }) => ({ views: all.filter((view) => view.id !== id) }))
              }
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sessions() {
  const sessions = useResource<Get<'/api/me/sessions'>>('/me/sessions')
  const end = useAction(async (id?: string) => {
    await call('DELETE', id === undefined ? '/me/sessions' : `/me/sessions/${id}`)
    refresh('/me/sessions')
  })
  const rows = sessions.data?.items ?? []
  return (
    <section class="stack stack-tight">
      <div class="row row-apart">
        <h2>{t('settings.sessions')}</h2>
        {rows.length > 1 && (
          <Button isDisabled={end.isRunning} onClick={() => void end.run()}>
            {t('settings.endAll')}
          </Button>
        )}
      </div>
      {end.problem && <ProblemNote problem={end.problem} />}
      <Table
        caption={t('settings.sessions')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            heading: t('settings.device'),
            show: ({ userAgent = '', address = '', current }) => (
              <>
                {deviceName(userAgent)} {address}{' '}
                {current && <Badge kind="good">{t('settings.thisOne')}</Badge>}
              </>
            ),
          },
          { heading: t('settings.since'), show: ({ createdAt }) => moment(createdAt) },
          { heading: t('settings.lastUsed'), show: ({ usedAt }) => moment(usedAt) },
          {
            heading: t('settings.actions'),
            isActions: true,
            show: ({ id, current }) =>
              !current && (
                <Button isDisabled={end.isRunning} onClick={() => void end.run(id)}>
                  {t('settings.end')}
                </Button>
              ),
          },
        ]}
      />
    </section>
  )
}

/** Browser and system, as far as the browser tells them. */
function deviceName(userAgent: string): string {
  const browser = /(Firefox|Edg|Chrome|Safari)\/\d+/.exec(userAgent)?.[1] ?? userAgent.slice(0, 40)
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent)?.[0] ?? ''
  return [browser === 'Edg' ? 'Edge' : browser, system].filter((each) => each !== '').join(', ')
}
