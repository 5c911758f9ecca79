import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { type Resource, refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { SettingsForm } from '../../parts/settings-form.tsx'
import { Loaded, Note } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import type { Weights } from './candidate.ts'
import { useWeights } from './use-candidates.ts'

/** Shares are stated in percent, costs in euros. */
const FIELDS = [
  { name: 'usefulShare', scale: 100, max: 100, step: 1 },
  { name: 'callCost', scale: 1, max: 10_000, step: 0.01 },
  { name: 'chatCost', scale: 1, max: 10_000, step: 0.01 },
  { name: 'callShare', scale: 100, max: 100, step: 1 },
  { name: 'recurrence', scale: 1, max: 10, step: 0.05 },
  { name: 'failedSearches', scale: 1, max: 10, step: 0.05 },
  { name: 'freshness', scale: 1, max: 10, step: 0.05 },
] as const

/** What candidates are ranked by, to be read by all and changed by knowledge managers. */
export function WeightsDialog({ onClose }: { onClose(): void }) {
  const weights = useWeights()
  return (
    <Dialog title={t('candidates.weightsTitle')} onClose={onClose}>
      <p class="muted">{t('candidates.weightsMean')}</p>
      <Loaded resource={weights}>
        {() => <Form key={weights.etag} weights={weights} onClose={onClose} />}
      </Loaded>
    </Dialog>
  )
}

function Form({
  weights: { data, etag },
  onClose,
}: {
  readonly weights: Resource<Weights>
  onClose(): void
}) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      FIELDS.map(({ name, scale }) => [name, String(Math.round((data?.[name] ?? 0) * scale * 100) / 100)]),
    ),
  )
  const mayChange = hasRole('knowledge-manager')
  const save = useAction(async () => {
    const body = Object.fromEntries(FIELDS.map(({ name, scale }) => [name, Number(texts[name]) / scale]))
    try {
      await call('PUT', '/candidates/weights', { body, ifMatch: etag ?? '"0"' })
    } finally {
      refresh('/candidates')
    }
    onClose()
  })
  return (
    <SettingsForm save={save} mayChange={mayChange} onClose={onClose}>
      <div class="candidates-weights">
        {FIELDS.map(({ name, max, step }) => (
          <TextField
            key={name}
            label={t(`candidates.weight-${name}`)}
            hint={t(`candidates.hint-${name}`)}
            type="number"
            min={0}
            max={max}
            step={step}
            required
            readOnly={!mayChange}
            value={texts[name] ?? ''}
            onInput={(text) => setTexts({ ...texts, [name]: text })}
          />
        ))}
      </div>
      <Note>{t('candidates.searchesCounted')}</Note>
    </SettingsForm>
  )
}
