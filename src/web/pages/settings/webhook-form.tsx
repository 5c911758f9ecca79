import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import type { Post } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { CheckField, TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { AudienceSelect } from './access-fields.tsx'
import { Secret } from './secret.tsx'

const TYPES = [
  'question.asked',
  'routing.decided',
  'routing.sla-breached',
  'model.activated',
  'model.refused',
  'article.published',
  'flag.raised',
  'insight.parity-alert',
  'drift.found',
  'topic.proposed',
  'topic.accepted',
] as const

/** Adds a system that is told; its secret is shown once. */
export function WebhookForm({ onClose }: { onClose(): void }) {
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [types, setTypes] = useState<readonly string[]>(['routing.decided'])
  const [audience, setAudience] = useState('internal')
  const [secret, setSecret] = useState<string>()
  const add = useAction(async () => {
    const body = { url, description, types, audience }
    setSecret((await call<Post<'/api/webhooks'>>('POST', '/webhooks', { body })).data.secret)
    refresh('/webhooks')
  })
  return (
    <Dialog title={t('settings.addWebhook')} onClose={onClose}>
      {secret !== undefined ? (
        <Secret about={t('settings.secretOnce')} secret={secret} onClose={onClose} />
      ) : (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault()
            void add.run()
          }}
        >
          <TextField label={t('settings.url')} type="url" required value={url} onInput={setUrl} />
          <TextField label={t('settings.description')} value={description} onInput={setDescription} />
          <fieldset class="field">
            <legend>{t('settings.events')}</legend>
            {TYPES.map((type) => (
              <CheckField
                key={type}
                label={<code>{type}</code>}
                isChecked={types.includes(type)}
                onChange={(checked) =>
                  setTypes(checked ? [...types, type] : types.filter((each) => each !== type))
                }
              />
            ))}
          </fieldset>
          <AudienceSelect audience={audience} onChoose={setAudience} />
          {add.problem && <ProblemNote problem={add.problem} />}
          <div>
            <Button type="submit" kind="primary" isDisabled={add.isRunning || types.length === 0}>
              {t('settings.add')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
