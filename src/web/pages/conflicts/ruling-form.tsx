import { useState } from 'preact/hooks'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button, Keycap } from '../../parts/button.tsx'
import { SelectField, TextArea } from '../../parts/field.tsx'
import { keepText, keptText } from '../../parts/kept-text.ts'
import type { Conflict, Side } from './conflict.ts'
import { SideText } from './sides.tsx'

export interface RulingInput {
  readonly label: string
  readonly guideline?: string
}

type Draft = Partial<RulingInput>

const STORED = 'ruling '
const DIGITS = ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8', 'Digit9']

/** Chooses the right label, and may say when it applies; what is typed is kept until the ruling is made. */
export function RulingForm({
  conflict: { id, facet },
  sides,
  onRule,
}: {
  readonly conflict: Conflict
  readonly sides: readonly Side[]
  onRule(input: RulingInput): void
}) {
  const [draft, change] = useDraft(id)
  const { label, guideline = '' } = draft
  const labels = useResource<Get<'/api/facets/{facet}/labels'>>(
    `/facets/${encodeURIComponent(facet)}/labels`,
    {
      query: { limit: 100 },
      staleMs: 60_000,
    },
  )
  const all = labels.data?.items ?? []
  const others = all.filter(({ name }) => !sides.some((side) => side.label === name))
  const guidelines = all.find(({ name }) => name === label)?.guidelines ?? []
  const rule = () => {
    if (label === undefined) return
    keepText(STORED + id, '')
    onRule({ label, guideline: guideline.trim() === '' ? undefined : guideline.trim() })
  }
  useCommands(t('conflicts.ruling'), [
    ...sides.slice(0, DIGITS.length).map((side, at) => ({
      id: `conflict-side-${at + 1}`,
      label: side.label,
      keys: [DIGITS[at]!],
      isHidden: true,
      run: () => change({ label: side.label }),
    })),
    { id: 'conflict-rule', label: t('conflicts.rule'), keys: ['Enter', '$mod+Enter'], run: rule },
    {
      id: 'conflict-guideline',
      label: t('conflicts.guideline'),
      keys: ['n'],
      run: () => document.querySelector<HTMLElement>('.conflict-guideline textarea')?.focus(),
    },
  ])
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        rule()
      }}
    >
      <fieldset class="stack">
        <legend>{t('conflicts.which')}</legend>
        {sides.map((side, at) => (
          <label key={side.label} class="conflict-side conflict-choice">
            <input
              type="radio"
              name="label"
              value={side.label}
              checked={label === side.label}
              onChange={() => change({ label: side.label })}
            />
            <span class="stack stack-tight">
              <SideText side={side} />
            </span>
            {DIGITS[at] !== undefined && <Keycap keys={DIGITS[at]} />}
          </label>
        ))}
      </fieldset>
      <SelectField
        label={t('conflicts.otherLabel')}
        value={others.some(({ name }) => name === label) ? (label ?? '') : ''}
        choices={[{ value: '', label: '–' }, ...others.map(({ name }) => ({ value: name, label: name }))]}
        onChoose={(name) => change({ label: name === '' ? undefined : name })}
      />
      {guidelines.length > 0 && (
        <section class="stack stack-tight">
          <h3>{t('conflicts.guidelines', { label: label ?? '' })}</h3>
          <ul class="stack stack-tight">
            {guidelines.map(({ id: each, text }) => (
              <li key={each}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      <div class="conflict-guideline">
        <TextArea
          label={t('conflicts.guideline')}
          hint={t('conflicts.guidelineHint')}
          rows={3}
          value={guideline}
          onInput={(text) => change({ guideline: text })}
        />
      </div>
      <div>
        <Button type="submit" kind="primary" isDisabled={label === undefined} keys="Enter">
          {label === undefined ? t('conflicts.rule') : t('conflicts.ruleAs', { label })}
        </Button>
      </div>
    </form>
  )
}

/** What is being written of a ruling, kept in the browser. */
function useDraft(id: string): readonly [Draft, (changes: Draft) => void] {
  const [draft, setDraft] = useState<Draft>(() => JSON.parse(keptText(STORED + id) ?? '{}'))
  return [
    draft,
    (changes) => {
      const next = { ...draft, ...changes }
      setDraft(next)
      keepText(STORED + id, JSON.stringify(next))
    },
  ]
}
