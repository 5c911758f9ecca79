import { t } from '../../../messages/messages.ts'
import { ChangeForm } from './change-form.tsx'
import type { Entry } from './synonyms.ts'

/** What searches lose with an entry, before it is removed; the versions bring it back. */
export function RemoveForm({
  version,
  entry: { id, line },
  onClose,
}: {
  readonly version: number
  readonly entry: Entry
  onClose(): void
}) {
  return (
    <ChangeForm
      title={t('synonyms.remove')}
      version={version}
      change={{ remove: [id] }}
      label={t('synonyms.removeNow')}
      isPreviewed
      onClose={onClose}
    >
      <p class="synonyms-line">{line}</p>
    </ChangeForm>
  )
}
