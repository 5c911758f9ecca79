import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, remember, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, ProblemNote } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { AskingFields } from './help-centre-asking.tsx'
import { ChatFields } from './help-centre-chat.tsx'
import { Rows } from './help-centre-rows.tsx'

export type Settings = Omit<Get<'/api/help-centre/settings'>, 'logo'>

const PATH = '/help-centre/settings'
const EMPTY = { en: '', fr: '' }

/** What the company decides about the pages that its customers see. */
export function HelpCentrePage() {
  const settings = useResource<Get<'/api/help-centre/settings'>>(PATH)
  return (
    <Page title={t('settings.helpCentre')}>
      <p class="muted prose">
        {t('settings.helpCentrePurpose')} <a href="/help">{t('settings.openHelpCentre')}</a>
      </p>
      <Loaded resource={settings}>
        {({ logo, ...shown }) => (
          <>
            <Form key={settings.etag} shown={shown} version={settings.etag} />
            <Logo path={logo} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Form({ shown, version }: { readonly shown: Settings; readonly version: string | undefined }) {
  const [settings, set] = useState(shown)
  const mayEdit = hasRole('knowledge-manager')
  const save = useAction(async () => {
    const saved = await call<Get<'/api/help-centre/settings'>>('PUT', PATH, {
      body: settings,
      ifMatch: version,
    })
    remember(PATH, saved.data, saved.etag)
  })
  const change = (part: Partial<Settings>) => set({ ...settings, ...part })
  const choices = (values: readonly string[]) =>
    values.map((value) => ({
      value,
      label: t(`settings.help_${value as 'public' | 'signed-in' | 'workbench' | 'help-centre'}`),
    }))
  return (
    <form
      class="form form-wide"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <fieldset class="stack" disabled={!mayEdit}>
        <Named label={t('settings.name')} name={settings.name} onChange={(name) => change({ name })} />
        <SelectField
          label={t('settings.helpAccess')}
          value={settings.access}
          choices={choices(['public', 'signed-in'])}
          onChoose={(access) => change({ access: access as Settings['access'] })}
        />
        <SelectField
          label={t('settings.helpStart')}
          value={settings.start}
          choices={choices(['workbench', 'help-centre'])}
          onChoose={(start) => change({ start: start as Settings['start'] })}
        />
        <TextField
          label={t('settings.colourLight')}
          hint={t('settings.colourHint')}
          type="color"
          value={settings.colours.light}
          onInput={(light) => change({ colours: { ...settings.colours, light } })}
        />
        <TextField
          label={t('settings.colourDark')}
          type="color"
          value={settings.colours.dark}
          onInput={(dark) => change({ colours: { ...settings.colours, dark } })}
        />
        <TextField
          label={t('settings.contact')}
          hint={t('settings.contactHint')}
          value={settings.contact}
          onInput={(contact) => change({ contact })}
        />
        <ChatFields chat={settings.chat} onChange={(chat) => change({ chat })} />
        <AskingFields asking={settings.asking} onChange={(asking) => change({ asking })} />
        <Rows
          title={t('settings.headerLinks')}
          rows={settings.header.map(({ label, url }) => ({ ...label, about: url }))}
          about={t('settings.address')}
          most={6}
          onChange={(rows) => change({ header: rows.map(toLink) })}
        />
        <Rows
          title={t('settings.footerLinks')}
          hint={t('settings.footerHint')}
          rows={settings.footer.map(({ label, url }) => ({ ...label, about: url }))}
          about={t('settings.address')}
          most={12}
          onChange={(rows) => change({ footer: rows.map(toLink) })}
        />
        <Rows
          title={t('settings.topicNames')}
          hint={t('settings.topicHint')}
          rows={settings.topics.map(({ category, name }) => ({ ...name, about: category }))}
          about={t('settings.category')}
          most={500}
          onChange={(rows) =>
            change({ topics: rows.map(({ about, en, fr }) => ({ category: about, name: { en, fr } })) })
          }
        />
      </fieldset>
      {save.problem && <ProblemNote problem={save.problem} />}
      {mayEdit && (
        <div>
          <Button type="submit" kind="primary" isDisabled={save.isRunning}>
            {t('parts.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

function toLink({ en, fr, about }: { readonly en: string; readonly fr: string; readonly about: string }) {
  return { label: { en, fr }, url: about }
}

function Named({
  label,
  name = EMPTY,
  onChange,
}: {
  readonly label: string
  readonly name: typeof EMPTY | undefined
  onChange(name: typeof EMPTY): void
}) {
  return (
    <>
      <TextField
        label={`${label} (${t('settings.english')})`}
        required
        maxLength={80}
        value={name.en}
        onInput={(en) => onChange({ ...name, en })}
      />
      <TextField
        label={`${label} (${t('settings.french')})`}
        required
        maxLength={80}
        value={name.fr}
        onInput={(fr) => onChange({ ...name, fr })}
      />
    </>
  )
}

/** The logo, changed at once. */
function Logo({ path }: { readonly path: string | undefined }) {
  const upload = useAction(async (file: File) => {
    await call('PUT', '/help-centre/logo', { body: { picture: await base64Of(file) } })
    refresh('/help-centre')
  })
  const remove = useAction(async () => {
    await call('DELETE', '/help-centre/logo')
    refresh('/help-centre')
  })
  const problem = upload.problem ?? remove.problem
  return (
    <section class="stack stack-tight" aria-label={t('settings.logo')}>
      <h2>{t('settings.logo')}</h2>
      {path !== undefined && <img class="logo" src={path} alt={t('settings.logo')} />}
      <p class="small muted">{t('settings.logoHint')}</p>
      {hasRole('knowledge-manager') && (
        <div class="row">
          <label class="field">
            <span>{t('settings.chooseLogo')}</span>
            <input
              type="file"
              accept="image/svg+xml,image/png"
              disabled={upload.isRunning}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? []
                if (file !== undefined) void upload.run(file)
                currentTarget.value = ''
              }}
            />
          </label>
          {path !== undefined && (
            <Button kind="quiet" isDisabled={remove.isRunning} onClick={() => void remove.run()}>
              {t('settings.removeLogo')}
            </Button>
          )}
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
    </section>
  )
}

/** What follows the comma of a `data:` address is the file in base64. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
