import { useId } from 'preact/hooks'
import { day, number, percent } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Note } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type Prices, type Step, shortPercent } from './budget-steps.ts'

/** As few posts that a day's figures say little. */
const FEW_POSTS = 30

/** The handle, what it says in words and figures, and applying it. */
export function BudgetHandle({
  steps,
  at,
  now,
  volume,
  isRunning,
  onMove,
  onPut,
  onReset,
  onApply,
}: {
  readonly steps: readonly Step[]
  readonly at: number
  readonly now: Step
  readonly volume: Prices['volume']
  readonly isRunning: boolean
  /** The handle is moved to a step. */
  onMove(index: number): void
  /** The handle is let go. */
  onPut(): void
  /** Back to the budget in force. */
  onReset(): void
  onApply(): void
}) {
  const id = useId()
  const step = steps[at] ?? now
  const isNow = step.budget === now.budget
  const words = inWords(step)
  return (
    <section class="stack stack-tight budget" aria-labelledby={`${id}-label`}>
      <div class="row row-apart">
        <label id={`${id}-label`} for={id}>
          {t('models.budgetLabel')}
        </label>
        <strong>{shortPercent(step.budget)}</strong>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={at}
        aria-valuetext={words}
        onInput={({ currentTarget }) => onMove(Number(currentTarget.value))}
        onChange={onPut}
      />
      <p class="budget-words">{words}</p>
      <div class="scroll-x">
        <Figures step={step} now={now} isNow={isNow} />
      </div>
      <p class="muted small">
        {t('models.volume', {
          posts: volume.posts,
          days: volume.days,
          until: day(volume.until),
        })}
      </p>
      {volume.posts < FEW_POSTS && <Note kind="warn">{t('models.fewPosts')}</Note>}
      <div class="row">
        {hasRole('supervisor') ? (
          <>
            <Button kind="primary" isDisabled={isNow || isRunning} onClick={onApply}>
              {t('models.apply', { budget: shortPercent(step.budget) })}
            </Button>
            {!isNow && (
              <Button kind="quiet" onClick={onReset}>
                {t('models.asNow')}
              </Button>
            )}
          </>
        ) : (
          <p class="muted">{t('models.applyRefused')}</p>
        )}
      </div>
    </section>
  )
}

function inWords(step: Step): string {
  if (step.sentence !== undefined) return inLanguage(step.sentence)
  return t('models.budgetNow', {
    budget: shortPercent(step.budget),
    coverage: percent(step.coverage, 1),
    people: perDay(step.toPeoplePerDay),
  })
}

function Figures({ step, now, isNow }: { readonly step: Step; readonly now: Step; readonly isNow: boolean }) {
  const rows = [
    { label: t('models.coverage'), of: ({ coverage }: Step) => percent(coverage, 1) },
    { label: t('models.assignedPerDay'), of: ({ assignedPerDay }: Step) => perDay(assignedPerDay) },
    { label: t('models.wrongPerDay'), of: ({ wrongPerDay }: Step) => perDay(wrongPerDay) },
    { label: t('models.toPeoplePerDay'), of: ({ toPeoplePerDay }: Step) => perDay(toPeoplePerDay) },
  ]
  return (
    <table class="figures">
      <thead>
        <tr>
          <td />
          <th scope="col" class="number">
            {t('models.now')}
          </th>
          <th scope="col" class="number">
            {t('models.then')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, of }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="number">{of(now)}</td>
            <td class="number">{isNow ? '–' : of(step)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whole posts where there are many, tenths where there are few. */
function perDay(posts: number): string {
  return number(posts, posts < 10 ? 1 : 0)
}
