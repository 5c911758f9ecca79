import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf, Post } from '../../api/types.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Empty, Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { AuditLink } from './audit-link.tsx'
import { Secret } from './secret.tsx'
import { WebhookState } from './webhooks-page.tsx'

type Webhook = Get<'/api/webhooks/{id}'>
type Delivery = ItemOf<Get<'/api/webhooks/{id}/deliveries'>>

/** One system that is told: a test, what was sent, another secret. */
export function WebhookPage({ id }: { readonly id: string }) {
  const webhook = useResource<Webhook>(`/webhooks/${id}`)
  return (
    <Loaded resource={webhook}>
      {(found) => (
        <Page title={found.url}>
          <p class="row">
            <WebhookState webhook={found} /> {found.description} <AuditLink target={id} />
          </p>
          <WebhookActions webhook={found} etag={webhook.etag ?? ''} />
          <Deliveries id={id} dead={found.dead} />
        </Page>
      )}
    </Loaded>
  )
}

function WebhookActions({
  webhook: { id, url, enabled },
  etag,
}: {
  readonly webhook: Webhook
  readonly etag: string
}) {
  const [report, setReport] = useState<Post<'/api/webhooks/{id}/test'>>()
  const [secret, setSecret] = useState<string>()
  const [, go] = useLocation()
  const act = useAction(async (what: 'test' | 'rotate' | 'toggle' | 'remove') => {
    const path = `/webhooks/${id}`
    if (what === 'test') setReport((await call<Post<'/api/webhooks/{id}/test'>>('POST', `${path}/test`)).data)
    if (what === 'rotate')
      setSecret(
        (await call<Post<'/api/webhooks/{id}/rotate-secret'>>('POST', `${path}/rotate-secret`, { body: {} }))
          .data.secret,
      )
    if (what === 'toggle') await call('PATCH', path, { body: { enabled: !enabled }, ifMatch: etag })
    if (what === 'remove') await call('DELETE', path)
    if (what === 'remove') go('/webhooks')
    refresh('/webhooks')
  })
  return (
    <>
      <div class="row">
        <Button kind="primary" isDisabled={act.isRunning} onClick={() => void act.run('test')}>
          {t('settings.test')}
        </Button>
        <Button isDisabled={act.isRunning} onClick={() => void act.run('rotate')}>
          {t('settings.rotate')}
        </Button>
        <Button isDisabled={act.isRunning} onClick={() => void act.run('toggle')}>
          {t(enabled ? 'settings.switchOff' : 'settings.switchOn')}
        </Button>
        <ConfirmButton
          question={t('settings.deleteWebhook', { url })}
          label={t('parts.delete')}
          isDisabled={act.isRunning}
          onConfirm={() => void act.run('remove')}
        />
      </div>
      {act.problem && <ProblemNote problem={act.problem} />}
      {report !== undefined && (
        <div role="status">
          <Note kind={report.delivered ? 'good' : 'warn'}>
            {report.delivered
              ? t('settings.delivered', { status: report.status ?? '', ms: number(report.latencyMs) })
              : (report.problem ?? t('settings.notDelivered'))}
          </Note>
        </div>
      )}
      {secret !== undefined && (
        <Dialog title={t('settings.rotate')} onClose={() => setSecret(undefined)}>
          <Secret about={t('settings.rotated')} secret={secret} onClose={() => setSecret(undefined)} />
        </Dialog>
      )}
    </>
  )
}

function Deliveries({ id, dead }: { readonly id: string; readonly dead: number }) {
  const deliveries = useEndless<Delivery>(`/webhooks/${id}/deliveries`)
  const retry = useAction(async (deliveryId?: string) => {
    await call('POST', `/webhooks/${id}/retry`, { body: { deliveryId } })
    refresh('/webhooks')
  })
  const columns: readonly Column<Delivery>[] = [
    { heading: t('settings.at'), show: ({ createdAt }) => moment(createdAt) },
    { heading: t('settings.event'), show: ({ type }) => <code>{type}</code> },
    {
      heading: t('settings.status'),
      show: ({ status, lastError }) => (
        <>
          <Badge kind={status === 'dead' ? 'bad' : undefined}>{t(`settings.delivery_${status}`)}</Badge>
          <p class="small muted">{lastError}</p>
        </>
      ),
    },
    { heading: t('settings.attempts'), isNumber: true, show: ({ attempts }) => number(attempts) },
    {
      heading: t('settings.actions'),
      isActions: true,
      show: (delivery) =>
        delivery.status === 'dead' && (
          <Button isDisabled={retry.isRunning} onClick={() => void retry.run(delivery.id)}>
            {t('parts.retry')}
          </Button>
        ),
    },
  ]
  return (
    <section class="stack">
      <div class="row row-apart">
        <h2>{t('settings.deliveries')}</h2>
        {dead > 0 && (
          <Button isDisabled={retry.isRunning} onClick={() => void retry.run()}>
            {t('settings.retryAll', { count: dead })}
          </Button>
        )}
      </div>
      {retry.problem && <ProblemNote problem={retry.problem} />}
      <PagedTable
        pages={deliveries}
        caption={t('settings.deliveries')}
        columns={columns}
        keyOf={(delivery) => delivery.id}
        empty={<Empty title={t('settings.noDeliveries')} />}
      />
    </section>
  )
}
