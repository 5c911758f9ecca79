import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/states.tsx'

/** A secret that is shown once: the person copies it before going on. */
export function Secret({
  about,
  secret,
  onClose,
}: {
  readonly about: string
  readonly secret: string
  onClose(): void
}) {
  return (
    <div class="stack">
      <p role="status">{about}</p>
      <p class="secret">
        <CopyButton text={secret} label={t('settings.copy')} />
      </p>
      <div>
        <Button kind="primary" onClick={onClose}>
          {t('settings.copied')}
        </Button>
      </div>
    </div>
  )
}
