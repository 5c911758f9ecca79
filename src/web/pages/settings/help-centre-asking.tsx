import { t } from '../../messages/messages.ts'
import { CheckField, SelectField, TextField } from '../../parts/field.tsx'
import type { Settings } from './help-centre-page.tsx'

type Asking = Settings['asking']

const AUDIENCES = ['internal', 'partner', 'customer', 'public'] as const
const HOLDS = ['suspicious', 'all'] as const

/** Whether customers may ask, who sees what they ask, and what is held. */
export function AskingFields({
  asking,
  onChange,
}: {
  readonly asking: Asking
  onChange(asking: Asking): void
}) {
  return (
    <fieldset class="stack stack-tight">
      <legend>{t('settings.asking')}</legend>
      <CheckField
        label={t('settings.askingOpen')}
        isChecked={asking.open}
        onChange={(open) => onChange({ ...asking, open })}
      />
      <p class="small muted">{t('settings.askingMeans')}</p>
      <SelectField
        label={t('settings.askingAudience')}
        hint={t('settings.askingAudienceHint')}
        value={asking.audience}
        choices={AUDIENCES.map((value) => ({ value, label: t(`settings.asking_${value}`) }))}
        onChoose={(audience) => onChange({ ...asking, audience: audience as Asking['audience'] })}
      />
      <SelectField
        label={t('settings.askingHold')}
        hint={t('settings.askingHoldHint')}
        value={asking.hold}
        choices={HOLDS.map((value) => ({ value, label: t(`settings.hold_${value}`) }))}
        onChoose={(hold) => onChange({ ...asking, hold: hold as Asking['hold'] })}
      />
      <TextField
        label={t('settings.keepAddressDays')}
        hint={t('settings.keepAddressHint')}
        type="number"
        required
        min={1}
        max={365}
        value={String(asking.keepAddressDays)}
        onInput={(days) => onChange({ ...asking, keepAddressDays: Number(days) })}
      />
    </fieldset>
  )
}
