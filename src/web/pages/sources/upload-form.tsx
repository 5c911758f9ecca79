import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { CheckField, SelectField, TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { AudienceSelect, firstAudience } from '../settings/access-fields.tsx'
import type { Import } from './import-state.tsx'

const FORMATS = [
  'ndjson',
  'csv',
  'discourse',
  'github-discussions',
  'khoros',
  'stack-exchange',
  'zendesk',
] as const

/** Uploads an export of a community: the page of the import shows how it goes on. */
export function UploadForm({ source: known, onClose }: { readonly source?: string; onClose(): void }) {
  const [format, setFormat] = useState<string>(FORMATS[0])
  const [source, setSource] = useState(known ?? '')
  const [audience, setAudience] = useState(firstAudience)
  const [labelFromTags, setLabelFromTags] = useState(false)
  const [redact, setRedact] = useState(false)
  const [files, setFiles] = useState<readonly File[]>([])
  const [, go] = useLocation()
  const start = useAction(async () => {
    const form = new FormData()
    // Fields come first: the server reads them before it takes the files.
    form.append('format', format)
    form.append('source', source.trim())
    form.append('audience', audience)
    if (labelFromTags) form.append('labelFrom', 'tags')
    if (redact) form.append('redact', 'true')
    for (const file of files) form.append('file', file)
    const { data } = await call<Import>('POST', '/imports', { body: form })
    refresh('/imports', '/sources')
    go(`~/app/sources/imports/${data.id}`)
  })
  return (
    <Dialog title={t('sources.import')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void start.run()
        }}
      >
        <div class="field">
          <label for="upload-files">{t('sources.files')}</label>
          <input
            id="upload-files"
            type="file"
            multiple
            required
            onChange={({ currentTarget }) => setFiles([...(currentTarget.files ?? [])])}
          />
        </div>
        <SelectField
          label={t('sources.format')}
          value={format}
          choices={FORMATS.map((each) => ({ value: each, label: t(`sources.format_${each}`) }))}
          onChoose={setFormat}
        />
        <TextField
          label={t('sources.source')}
          hint={t('sources.sourceHint')}
          required
          maxLength={200}
          value={source}
          onInput={setSource}
        />
        <AudienceSelect audience={audience} onChoose={setAudience} />
        <CheckField
          label={t('sources.labelFromTags')}
          isChecked={labelFromTags}
          onChange={setLabelFromTags}
        />
        <CheckField label={t('sources.redact')} isChecked={redact} onChange={setRedact} />
        {start.problem && <ProblemNote problem={start.problem} />}
        <div>
          <Button type="submit" kind="primary" isDisabled={start.isRunning || files.length === 0}>
            {t(start.isRunning ? 'sources.uploading' : 'sources.start')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
