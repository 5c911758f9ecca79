import type { Get } from '../../api/types.ts'

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
