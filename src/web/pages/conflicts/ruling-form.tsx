import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { usual } from '../../keys/catalogue.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button, KeyHint } from '../../parts/button.tsx'
import { useDraft } from '../../parts/draft.ts'
import { SelectField, TextArea } from '../../parts/field.tsx'
import type { Conflict, Side } from './conflict.ts'
import { draftNameOf, type RulingInput } from './rulings.ts'
import { SideText } from './sides.tsx'

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
  const [draft, change] = useDraft<Partial<RulingInput>>(draftNameOf(id), {})
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
    { ...usual('conflict-rule'), run: rule },
    {
      ...usual('conflict-guideline'),
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
            {DIGITS[at] !== undefined && <KeyHint usual={DIGITS[at]} />}
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
