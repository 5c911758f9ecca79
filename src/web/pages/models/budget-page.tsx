import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { BudgetChart, type Curve } from './budget-chart.tsx'
import { BudgetHandle } from './budget-handle.tsx'
import { nearestStep, type Prices, type Step, shortPercent, stepsOf } from './budget-steps.ts'
import { NoPredictions } from './no-predictions.tsx'
import { PredictedThreads } from './predicted-threads.tsx'
import { type About, pathOf, setBudget, useFigure } from './resources.ts'
import { type Done, UndoNote } from './undo-note.tsx'

/** The risk budget as a handle on the risk–coverage curve, with its price in posts and words. */
export function BudgetPage(about: About) {
  const curve = useFigure<Curve>(about, 'risk-coverage')
  const prices = useFigure<Prices>(about, 'budgets')
  return (
    <Loaded resource={curve}>
      {(risk) =>
        risk.cases === 0 ? (
          <NoPredictions />
        ) : (
          <Loaded resource={prices}>
            {(priced) => (
              <>
                <Budget facet={about.facet} risk={risk} prices={priced} />
                <WrongOnes about={about} />
              </>
            )}
          </Loaded>
        )
      }
    </Loaded>
  )
}

/** The wrong ones among what the threshold of the address assigns. */
function WrongOnes({ about }: { readonly about: About }) {
  const [params, setParams] = useSearchParams()
  const threshold = Number(params.get('threshold') ?? Number.NaN)
  if (!(threshold >= 0 && threshold <= 1)) return null
  return (
    <PredictedThreads
      title={t('models.wrongFrom', { threshold: percent(threshold, 1) })}
      path={pathOf(about.facet, 'versions', about.version.version, 'confusion/threads')}
      query={{ from: threshold, wrong: true }}
      onClose={() =>
        setParams((now) => {
          now.delete('threshold')
          return now
        })
      }
    />
  )
}

function Budget({
  facet,
  risk,
  prices,
}: {
  readonly facet: string
  readonly risk: Curve
  readonly prices: Prices
}) {
  const [params, setParams] = useSearchParams()
  const [done, setDone] = useState<Done>()
  const steps = stepsOf(prices)
  const now = prices.now.budget
  const asked = Number(params.get('budget') ?? now)
  // While the handle moves the address stands still: browsers refuse to change it many times a second.
  const [moving, setMoving] = useState<number>()
  const at = moving ?? nearestStep(steps, Number.isFinite(asked) ? asked : now)
  const step = steps[at]
  const choose = (budget: number | undefined) =>
    setParams(
      (each) => {
        if (budget === undefined || budget === now) each.delete('budget')
        else each.set('budget', String(budget))
        return each
      },
      { replace: true },
    )
  const put = () => {
    if (moving === undefined) return
    choose(steps[moving]?.budget)
    setMoving(undefined)
  }
  const open = (threshold: number) =>
    setParams((each) => {
      // Confidences are stored to four digits.
      each.set('threshold', String(Math.floor(threshold * 10_000) / 10_000))
      return each
    })
  const goBack = useAction(async (budget: number) => {
    await setBudget(facet, budget)
    setDone(undefined)
  })
  const applying = useAction(async (chosen: Step) => {
    await setBudget(facet, chosen.budget)
    setDone({
      sentence: t('models.budgetApplied', { budget: shortPercent(chosen.budget), before: shortPercent(now) }),
      undo: () => void goBack.run(now),
    })
    choose(undefined)
  })
  const problem = applying.problem ?? goBack.problem
  if (step === undefined) return null
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <UndoNote done={done} />
      {risk.inCost && <Note>{t('models.inCost')}</Note>}
      <div class="budget-page">
        <BudgetHandle
          steps={steps}
          at={at}
          now={prices.now}
          volume={prices.volume}
          isRunning={applying.isRunning || goBack.isRunning}
          onMove={setMoving}
          onPut={put}
          onReset={() => choose(undefined)}
          onApply={() => void applying.run(step)}
        />
        <BudgetChart
          curve={risk}
          step={step}
          now={prices.now}
          open={risk.inCost ? undefined : open}
          onDrag={(budget) => setMoving(nearestStep(steps, budget))}
          onDragEnd={put}
        />
      </div>
    </>
  )
}
