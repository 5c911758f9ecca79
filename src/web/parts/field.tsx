import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

interface FieldProps {
  readonly label: string
  readonly hint?: ComponentChildren
  /** What is wrong with what was entered. */
  readonly fault?: string
}

type InputProps = FieldProps &
  Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'label' | 'onInput' | 'size'> & {
    readonly value: string
    onInput(value: string): void
  }

/** A line of text with its label. */
export function TextField({ label, hint, fault, onInput, ...input }: InputProps) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      <input
        {...input}
        id={id}
        class="input"
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-about`}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </Field>
  )
}

/** The most that the API takes of a note, a reason, a guideline or a description. */
export const LONGEST_TEXT = 2000

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  fault,
  value,
  rows = 4,
  most = LONGEST_TEXT,
  isRequired,
  onInput,
}: FieldProps & {
  readonly value: string
  readonly rows?: number
  /** Characters that it takes. */
  readonly most?: number
  readonly isRequired?: boolean
  onInput(value: string): void
}) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      <textarea
        id={id}
        class="input"
        rows={rows}
        value={value}
        required={isRequired}
        maxLength={most}
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-about`}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </Field>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

/** One of a few. */
export function SelectField({
  label,
  hint,
  fault,
  value,
  choices,
  onChoose,
}: FieldProps & {
  readonly value: string
  readonly choices: readonly Choice[]
  onChoose(value: string): void
}) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      <select
        id={id}
        class="input"
        value={value}
        aria-describedby={`${id}-about`}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** Yes or no. */
export function CheckField({
  label,
  isChecked,
  isDisabled,
  onChange,
}: {
  readonly label: ComponentChildren
  readonly isChecked: boolean
  readonly isDisabled?: boolean
  onChange(isChecked: boolean): void
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  )
}

function Field({
  id,
  label,
  hint,
  fault,
  children,
}: FieldProps & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      <span id={`${id}-about`} class="small">
        {fault !== undefined && <span class="field-fault">{fault} </span>}
        {hint !== undefined && <span class="muted">{hint}</span>}
      </span>
    </div>
  )
}
