import { useState } from 'preact/hooks'
import type { Get, ItemOf } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { CheckField, type Choice, SelectField, TextField } from '../../parts/field.tsx'
import { type FieldKind, leafOf } from './leaves.ts'
import { type Destination, destinationsOf, type Fields, type RuleSet } from './rule-set.ts'
import { destinationName, valuesOf } from './sentences.ts'
import { useWholeList } from './whole-list.ts'

type Facet = ItemOf<Get<'/api/facets'>>
type Label = ItemOf<Get<'/api/facets/{facet}/labels'>>

interface LeafFieldsProps {
  readonly kind: string
  readonly content: unknown
  readonly ruleSet: RuleSet
  onChange(content: Fields | boolean): void
}

/** The fields of a condition on one property. */
export function LeafFields({ kind, content, ruleSet, onChange }: LeafFieldsProps) {
  const facets = useWholeList<Facet>('/facets')
  if (typeof content === 'boolean')
    return (
      <SelectField
        label={t('routing.is')}
        value={String(content)}
        choices={[
          { value: 'true', label: t('parts.yes') },
          { value: 'false', label: t('parts.no') },
        ]}
        onChoose={(value) => onChange(value === 'true')}
      />
    )
  const fields = content as Fields
  const set = (name: string, value: unknown) => {
    // One value and several are one list in the form.
    const { is: _, ...rest } = name === 'in' ? fields : { ...fields, is: undefined }
    const base: Fields = name === 'in' ? rest : fields
    onChange(
      Object.fromEntries(Object.entries({ ...base, [name]: value }).filter(([, each]) => each !== undefined)),
    )
  }
  return (
    <div class="leaf-fields">
      {leafOf(kind)?.fields.map(({ name, label, kind: fieldKind }) => (
        <LeafInput
          key={name}
          label={t(label)}
          kind={fieldKind}
          value={name === 'in' ? valuesOf(fields) : fields[name]}
          facet={String(fields.facet ?? '')}
          facets={facets}
          ruleSet={ruleSet}
          onChange={(value) => set(name, value)}
        />
      ))}
    </div>
  )
}

interface LeafInputProps {
  readonly label: string
  readonly kind: FieldKind
  readonly value: unknown
  readonly facet: string
  readonly facets: readonly Facet[]
  readonly ruleSet: RuleSet
  onChange(value: unknown): void
}

function LeafInput({ label, kind, value, facet, facets, ruleSet, onChange }: LeafInputProps) {
  const labels = useWholeList<Label>(
    `/facets/${encodeURIComponent(facet)}/labels`,
    (kind === 'label' || kind === 'labels') && facet !== '',
  )
  const names = labels.map(({ name }) => name)
  if (typeof kind === 'object')
    return (
      <SelectField
        label={label}
        value={String(value ?? '')}
        choices={kind.choices.map((each) => ({
          value: each,
          label: t(`routing.choice_${(each || 'both') as ChoiceName}`),
        }))}
        onChoose={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      />
    )
  switch (kind) {
    case 'facet':
      return (
        <Select label={label} value={value} values={facets.map(({ name }) => name)} onChoose={onChange} />
      )
    case 'label':
      return <Select label={label} value={value} values={names} onChoose={onChange} />
    case 'calendar':
      return (
        <Select
          label={label}
          value={value}
          values={Object.keys(ruleSet.calendars ?? {})}
          onChoose={onChange}
        />
      )
    case 'labels':
      return (
        <LabelBoxes label={label} chosen={value as readonly string[]} names={names} onChange={onChange} />
      )
    case 'destination':
      return (
        <DestinationSelect
          label={label}
          value={value as Destination}
          destinations={destinationsOf(ruleSet)}
          onChoose={onChange}
        />
      )
    case 'values':
      return (
        <ValuesInput
          label={label}
          values={(value as readonly string[] | undefined) ?? []}
          onChange={onChange}
        />
      )
    case 'yes-no':
      return (
        <CheckField
          label={label}
          isChecked={value === true}
          onChange={(checked) => onChange(checked || undefined)}
        />
      )
    case 'text':
      return <TextField label={label} value={String(value ?? '')} onInput={onChange} />
    default:
      return <NumberInput label={label} kind={kind} value={value as number | undefined} onChange={onChange} />
  }
}

type ChoiceName =
  | 'both'
  | 'title'
  | 'question'
  | 'open'
  | 'closed'
  | 'member'
  | 'expert'
  | 'staff'
  | 'moderator'
  | 'unknown'

function Select({
  label,
  value,
  values,
  onChoose,
}: {
  readonly label: string
  readonly value: unknown
  readonly values: readonly string[]
  onChoose(value: string): void
}) {
  // What a rule names may be gone, and must be seen.
  const all = [...new Set(['', String(value ?? ''), ...values])]
  const choices: readonly Choice[] = all.map((each) => ({ value: each, label: each }))
  return <SelectField label={label} value={String(value ?? '')} choices={choices} onChoose={onChoose} />
}

/** Chooses among the destinations that rules name. */
function DestinationSelect({
  label,
  value,
  destinations,
  onChoose,
}: {
  readonly label: string
  readonly value: Destination
  readonly destinations: readonly Destination[]
  onChoose(destination: Destination): void
}) {
  const all = destinations.some((each) => isSame(each, value)) ? destinations : [...destinations, value]
  return (
    <SelectField
      label={label}
      value={String(all.findIndex((each) => isSame(each, value)))}
      choices={all.map((each, at) => ({ value: String(at), label: destinationName(each) }))}
      onChoose={(at) => onChoose(all[Number(at)] ?? value)}
    />
  )
}

function isSame(one: Destination, other: Destination): boolean {
  return one.kind === other.kind && one.name === other.name
}

function LabelBoxes({
  label,
  chosen,
  names,
  onChange,
}: {
  readonly label: string
  readonly chosen: readonly string[]
  readonly names: readonly string[]
  onChange(chosen: readonly string[] | undefined): void
}) {
  return (
    <fieldset class="field label-boxes">
      <legend>{label}</legend>
      {[...new Set([...names, ...chosen])].map((name) => (
        <CheckField
          key={name}
          label={name}
          isChecked={chosen.includes(name)}
          onChange={(checked) => {
            const next = checked ? [...chosen, name] : chosen.filter((each) => each !== name)
            onChange(next.length === 0 ? undefined : next)
          }}
        />
      ))}
    </fieldset>
  )
}

/** Several values with commas between them; what is being typed stays as it is. */
function ValuesInput({
  label,
  values,
  onChange,
}: {
  readonly label: string
  readonly values: readonly string[]
  onChange(values: readonly string[] | undefined): void
}) {
  const [text, setText] = useState(values.join(', '))
  return (
    <TextField
      label={label}
      hint={t('routing.commas')}
      value={text}
      onInput={(typed) => {
        setText(typed)
        onChange(listed(typed))
      }}
    />
  )
}

/** A number; what is being typed stays as it is, so that `0.0` may become `0.05`. */
function NumberInput({
  label,
  kind,
  value,
  onChange,
}: {
  readonly label: string
  readonly kind: 'share' | 'number' | 'minutes'
  readonly value: number | undefined
  onChange(value: number | undefined): void
}) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  return (
    <TextField
      label={label}
      hint={kind === 'minutes' ? t('routing.inMinutes') : kind === 'share' ? t('routing.asShare') : undefined}
      type="number"
      min={0}
      max={kind === 'share' ? 1 : undefined}
      step={kind === 'share' ? 'any' : 1}
      value={text}
      onInput={(typed) => {
        setText(typed)
        onChange(typed === '' ? undefined : Number(typed))
      }}
    />
  )
}

function listed(text: string): readonly string[] | undefined {
  const values = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return values.length === 0 ? undefined : values
}
