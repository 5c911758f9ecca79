import { t } from '../../messages/messages.ts'
import { TextField } from '../../parts/field.tsx'
import type { Settings } from './help-centre-page.tsx'

type Chat = Settings['chat']

/** Where the company chats with who seems to give up. */
export function ChatFields({ chat, onChange }: { readonly chat: Chat; onChange(chat: Chat): void }) {
  const { label, url } = chat
  return (
    <fieldset class="stack stack-tight">
      <legend>{t('settings.chat')}</legend>
      <p class="small muted">{t('settings.chatMeans')}</p>
      <TextField
        label={t('settings.chatAddress')}
        hint={t('settings.chatHint')}
        value={url}
        onInput={(address) => onChange({ label, url: address })}
      />
      <TextField
        label={`${t('settings.chatLabel')} (${t('settings.english')})`}
        required
        maxLength={80}
        value={label.en}
        onInput={(en) => onChange({ url, label: { ...label, en } })}
      />
      <TextField
        label={`${t('settings.chatLabel')} (${t('settings.french')})`}
        required
        maxLength={80}
        value={label.fr}
        onInput={(fr) => onChange({ url, label: { ...label, fr } })}
      />
    </fieldset>
  )
}
