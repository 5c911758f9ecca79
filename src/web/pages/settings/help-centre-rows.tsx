import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'

/** Something with a name in both languages. */
export interface NamedRow {
  readonly about: string
  readonly en: string
  readonly fr: string
}

/** A short list that a person writes: what each row is about, and its name in English and French. */
export function Rows({
  title,
  hint,
  rows,
  about,
  most,
  onChange,
}: {
  readonly title: string
  readonly hint?: string
  readonly rows: readonly NamedRow[]
  /** What the first field of each row is called. */
  readonly about: string
  readonly most: number
  onChange(rows: readonly NamedRow[]): void
}) {
  const replace = (at: number, part: Partial<NamedRow>) =>
    onChange(rows.map((row, each) => (each === at ? { ...row, ...part } : row)))
  return (
    <fieldset class="stack stack-tight">
      <legend>{title}</legend>
      {hint !== undefined && <p class="small muted">{hint}</p>}
      {rows.map((row, at) => (
        <div class="named-row" key={String(at)}>
          <TextField
            label={about}
            required
            value={row.about}
            onInput={(text) => replace(at, { about: text })}
          />
          <TextField
            label={t('settings.english')}
            required
            maxLength={80}
            value={row.en}
            onInput={(en) => replace(at, { en })}
          />
          <TextField
            label={t('settings.french')}
            required
            maxLength={80}
            value={row.fr}
            onInput={(fr) => replace(at, { fr })}
          />
          <Button kind="quiet" onClick={() => onChange(rows.filter((_, each) => each !== at))}>
            {t('settings.removeRow')}
            <span class="visually-hidden"> {row.en}</span>
          </Button>
        </div>
      ))}
      {rows.length < most && (
        <div>
          <Button kind="quiet" onClick={() => onChange([...rows, { about: '', en: '', fr: '' }])}>
            {t('settings.addRow')}
            <span class="visually-hidden"> {title}</span>
          </Button>
        </div>
      )}
    </fieldset>
  )
}
