import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf, Post } from '../../api/types.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Loaded, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable, Table } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { Secret } from '../settings/secret.tsx'
import type { Import } from './import-state.tsx'
import { Imports } from './sources-page.tsx'
import { UploadForm } from './upload-form.tsx'

type Webhooks = Get<'/api/sources/{name}/webhooks'>
type WebhookSecret = Webhooks['secrets'][number]
type Delivery = ItemOf<Get<'/api/sources/{name}/deliveries'>>
type NewSecret = Post<'/api/sources/{name}/webhooks/{kind}/secrets'>

const KINDS = ['discourse', 'github', 'zendesk'] as const

/** One source: its imports, what its platform sends by itself, and the access that crawls use. */
export function SourcePage({ name }: { readonly name: string }) {
  const [isUploading, setUploading] = useState(false)
  return (
    <Page
      title={name}
      actions={
        <>
          <ButtonLink href={`~/app/threads?source=${encodeURIComponent(name)}`}>
            {t('sources.itsThreads')}
          </ButtonLink>
          {hasRole('admin') && <CrawlButton name={name} />}
          {hasRole('knowledge-manager') && (
            <Button kind="primary" icon="upload" onClick={() => setUploading(true)}>
              {t('sources.import')}
            </Button>
          )}
        </>
      }
    >
      <h2>{t('sources.imports')}</h2>
      <Imports source={name} />
      {hasRole('admin') && <Live name={name} />}
      {isUploading && <UploadForm source={name} onClose={() => setUploading(false)} />}
    </Page>
  )
}

/** Imports what is new on the platform, where there is access to its API. */
function CrawlButton({ name }: { readonly name: string }) {
  const [, go] = useLocation()
  const { data } = useResource<Webhooks>(`${pathOf(name)}/webhooks`)
  const crawl = useAction(async () => {
    const { data: started } = await call<Import>('POST', `${pathOf(name)}/crawl`, { body: {} })
    refresh('/imports')
    go(`~/app/sources/imports/${started.id}`)
  })
  if (data?.access === undefined) return null
  return (
    <>
      <Button icon="download" isDisabled={crawl.isRunning} onClick={() => void crawl.run()}>
        {t('sources.crawl')}
      </Button>
      {crawl.problem && <ProblemNote problem={crawl.problem} />}
    </>
  )
}

function pathOf(name: string): string {
  return `/sources/${encodeURIComponent(name)}`
}

function Live({ name }: { readonly name: string }) {
  const webhooks = useResource<Webhooks>(`${pathOf(name)}/webhooks`)
  const [made, setMade] = useState<NewSecret>()
  const rotate = useAction(async (kind: string) => {
    const { data } = await call<NewSecret>('POST', `${pathOf(name)}/webhooks/${kind}/secrets`, { body: {} })
    setMade(data)
    refresh(pathOf(name))
  })
  const revoke = useAction(async ({ kind, id }: WebhookSecret) => {
    await call('DELETE', `${pathOf(name)}/webhooks/${kind}/secrets/${id}`)
    refresh(pathOf(name))
  })
  const columns: readonly Column<WebhookSecret>[] = [
    { heading: t('sources.platform'), show: ({ kind }) => t(`sources.platform_${kind}`) },
    { heading: t('sources.since'), show: ({ createdAt }) => moment(createdAt) },
    { heading: t('sources.until'), show: ({ expiresAt }) => expiresAt && moment(expiresAt) },
    {
      heading: t('settings.actions'),
      isActions: true,
      show: (secret) => (
        <ConfirmButton
          question={t('sources.revokeSecret', {
            platform: t(`sources.platform_${secret.kind}`),
            since: moment(secret.createdAt),
          })}
          label={t('settings.revoke')}
          isDisabled={revoke.isRunning}
          onConfirm={() => void revoke.run(secret)}
        />
      ),
    },
  ]
  return (
    <>
      <section class="stack">
        <h2>{t('sources.live')}</h2>
        <p class="muted prose">{t('sources.livePurpose')}</p>
        <Loaded resource={webhooks}>
          {({ secrets, access }) => (
            <>
              {secrets.length > 0 && (
                <Table caption={t('sources.live')} columns={columns} rows={secrets} keyOf={({ id }) => id} />
              )}
              <div class="row">
                {KINDS.map((kind) => (
                  <Button key={kind} isDisabled={rotate.isRunning} onClick={() => void rotate.run(kind)}>
                    {t(secrets.some((each) => each.kind === kind) ? 'sources.rotate' : 'sources.connect', {
                      platform: t(`sources.platform_${kind}`),
                    })}
                  </Button>
                ))}
              </div>
              {rotate.problem && <ProblemNote problem={rotate.problem} />}
              {revoke.problem && <ProblemNote problem={revoke.problem} />}
              <AccessForm key={access?.address} name={name} access={access} />
            </>
          )}
        </Loaded>
      </section>
      <Deliveries name={name} />
      {made !== undefined && (
        <Dialog title={t(`sources.platform_${made.kind}`)} onClose={() => setMade(undefined)}>
          <p>{t('sources.addressIs')}</p>
          <p class="secret">
            <code>{new URL(made.path, window.location.href).href}</code>
          </p>
          <Secret about={t('sources.secretOnce')} secret={made.value} onClose={() => setMade(undefined)} />
        </Dialog>
      )}
    </>
  )
}

/** Where the platform's own API is: crawls read what webhooks only announce. */
function AccessForm({ name, access }: { readonly name: string; readonly access: Webhooks['access'] }) {
  const [address, setAddress] = useState(access?.address ?? '')
  const [user, setUser] = useState(access?.user ?? '')
  const [token, setToken] = useState('')
  const save = useAction(async () => {
    const credentials = token === '' ? undefined : { user, token }
    await call('PUT', `${pathOf(name)}/access`, { body: { address, credentials } })
    setToken('')
    refresh(pathOf(name))
  })
  const remove = useAction(async () => {
    await call('DELETE', `${pathOf(name)}/access`)
    refresh(pathOf(name))
  })
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <h3>{t('sources.access')}</h3>
      <TextField
        label={t('sources.address')}
        hint={t('sources.addressHint')}
        type="url"
        required
        value={address}
        onInput={setAddress}
      />
      <TextField label={t('sources.user')} value={user} onInput={setUser} />
      <TextField
        label={t('sources.token')}
        hint={access === undefined ? undefined : t('sources.tokenHint')}
        type="password"
        autocomplete="off"
        value={token}
        onInput={setToken}
      />
      {save.problem && <ProblemNote problem={save.problem} />}
      {remove.problem && <ProblemNote problem={remove.problem} />}
      <div class="row">
        <Button type="submit" isDisabled={save.isRunning}>
          {t('parts.save')}
        </Button>
        {access !== undefined && (
          <ConfirmButton
            question={t('sources.deleteAccess', { address: access.address })}
            label={t('parts.delete')}
            isDisabled={remove.isRunning}
            onConfirm={() => void remove.run()}
          />
        )}
      </div>
    </form>
  )
}

function Deliveries({ name }: { readonly name: string }) {
  const deliveries = useEndless<Delivery>(`${pathOf(name)}/deliveries`)
  const retry = useAction(async (id: string) => {
    await call('POST', `${pathOf(name)}/deliveries/${id}/retry`)
    refresh(pathOf(name))
  })
  const columns: readonly Column<Delivery>[] = [
    { heading: t('sources.received'), show: ({ receivedAt }) => moment(receivedAt) },
    {
      heading: t('sources.event'),
      show: ({ kind, event }) => (
        <>
          {t(`sources.platform_${kind}`)} <code>{event}</code>
        </>
      ),
    },
    {
      heading: t('sources.state'),
      show: ({ status, error }) => (
        <>
          <Badge kind={status === 'failed' ? 'bad' : undefined}>{t(`sources.delivery_${status}`)}</Badge>
          {error !== undefined && <p class="small">{error.message}</p>}
        </>
      ),
    },
    { heading: t('settings.attempts'), isNumber: true, show: ({ attempts }) => number(attempts) },
    {
      heading: t('settings.actions'),
      isActions: true,
      show: ({ id, status }) =>
        status === 'failed' && (
          <Button isDisabled={retry.isRunning} onClick={() => void retry.run(id)}>
            {t('parts.retry')}
          </Button>
        ),
    },
  ]
  return (
    <section class="stack">
      <h2>{t('sources.deliveries')}</h2>
      {retry.problem && <ProblemNote problem={retry.problem} />}
      <PagedTable
        pages={deliveries}
        caption={t('sources.deliveries')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<p class="muted">{t('sources.noDeliveries')}</p>}
      />
    </section>
  )
}
