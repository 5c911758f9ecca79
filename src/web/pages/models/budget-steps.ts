import type { Get } from '../../api/types.ts'
import { percent } from '../../messages/format.ts'

export type Prices = Get<'/api/models/{facet}/versions/{version}/budgets'>
type Outcome = Omit<Prices['now'], 'version'>

/** A budget that the handle stops at, and what it gives and costs; the one in force has no sentence. */
export interface Step extends Outcome {
  readonly sentence?: Prices['budgets'][number]['sentence']
}

/** Budgets by rising risk, with the one in force in its place among them. */
export function stepsOf({ now, budgets }: Prices): readonly Step[] {
  return [...budgets.filter(({ budget }) => budget !== now.budget), now].sort((a, b) => a.budget - b.budget)
}

/** Position of the step nearest to a budget. */
export function nearestStep(steps: readonly Step[], budget: number): number {
  return steps.reduce(
    (best, step, index) =>
      Math.abs(step.budget - budget) < Math.abs((steps[best]?.budget ?? 0) - budget) ? index : best,
    0,
  )
}

/** `2%`, but `1.5%`: budgets have a digit after the point only where they need it. */
export function shortPercent(budget: number): string {
  return percent(budget, Number.isInteger(Math.round(budget * 1000) / 10) ? 0 : 1)
}
