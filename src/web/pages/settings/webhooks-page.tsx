import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useEndless } from '../../api/endless.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Empty } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { WebhookForm } from './webhook-form.tsx'

export type Webhook = ItemOf<Get<'/api/webhooks'>>

/** Other systems that are told what happens. */
export function WebhooksPage() {
  const webhooks = useEndless<Webhook>('/webhooks')
  const [isAdding, setAdding] = useState(false)
  const columns: readonly Column<Webhook>[] = [
    {
      heading: t('settings.url'),
      show: ({ id, url, description }) => (
        <>
          <Link href={`/webhooks/${id}`}>{url}</Link>
          <p class="small muted">{description}</p>
        </>
      ),
    },
    { heading: t('settings.events'), show: ({ types }) => types.join(', ') },
    { heading: t('settings.status'), show: (webhook) => <WebhookState webhook={webhook} /> },
    { heading: t('settings.waiting'), isNumber: true, show: ({ waiting }) => number(waiting) },
    { heading: t('settings.dead'), isNumber: true, show: ({ dead }) => number(dead) },
  ]
  return (
    <Page
      title={t('settings.webhooks')}
      actions={
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          {t('settings.addWebhook')}
        </Button>
      }
    >
      <p class="muted prose">{t('settings.webhooksPurpose')}</p>
      <PagedTable
        pages={webhooks}
        caption={t('settings.webhooks')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty title={t('settings.noWebhooks')} />}
      />
      {isAdding && <WebhookForm onClose={() => setAdding(false)} />}
    </Page>
  )
}

export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const { enabled, failingSince, disabledReason } = webhook
  if (!enabled) return <Badge>{disabledReason ?? t('settings.off')}</Badge>
  if (failingSince !== undefined) return <Badge kind="bad">{t('settings.failing')}</Badge>
  return <Badge kind="good">{t('settings.on')}</Badge>
}
