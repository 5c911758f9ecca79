import { useId, useState } from 'preact/hooks'
import { t } from '../../../messages/messages.ts'
import { CheckField, TextArea } from '../../../parts/field.tsx'
import { ChangeForm } from './change-form.tsx'

/** What the API takes of a text. */
const LONGEST_TEXT = 1_000_000
/** The form is the same in every language. */
const EXAMPLE = 'fr: décès; en: death'

/** Entries as text, from a file or typed: added to those there are, or in place of them. */
export function ImportForm({ version, onClose }: { readonly version: number; onClose(): void }) {
  const id = useId()
  const [text, setText] = useState('')
  const [replace, setReplace] = useState(false)
  const read = async (files: FileList | null) => {
    const [file] = files ?? []
    if (file !== undefined) setText(await file.text())
  }
  return (
    <ChangeForm
      title={t('synonyms.import')}
      version={version}
      change={{ text, replace }}
      isReady={text.trim() !== ''}
      onClose={onClose}
    >
      <div class="field">
        <label for={id}>{t('synonyms.file')}</label>
        <input
          id={id}
          type="file"
          accept=".txt,text/plain"
          onChange={({ currentTarget }) => void read(currentTarget.files)}
        />
      </div>
      <TextArea
        label={t('synonyms.text')}
        hint={t('synonyms.textHint', { example: EXAMPLE })}
        rows={8}
        most={LONGEST_TEXT}
        value={text}
        onInput={setText}
      />
      <CheckField label={t('synonyms.replace')} isChecked={replace} onChange={setReplace} />
    </ChangeForm>
  )
}
