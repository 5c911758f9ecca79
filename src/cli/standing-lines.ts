import type { BudgetOutlook, Standing } from '../models/registry/standing.ts'
import { english } from '../text/wording.ts'
import { table } from './output.ts'

/** Where a version stands under its risk budgets, for people: the coverage of each budget, and what to do next. */
export function standingLines({ inForce, others, summary, next }: Standing): string {
  const budgets = [inForce, ...others].sort((a, b) => a.budget - b.budget)
  const rows = budgets.map(({ budget, coverage, estimatedError }: BudgetOutlook) => ({
    'risk budget': `${english.percent(budget)}${budget === inForce.budget ? ' (in force)' : ''}`,
    assigned: english.percent(coverage),
    'estimated wrong among them': estimatedError === undefined ? '–' : english.percent(estimatedError),
  }))
  return [summary.en, '', table(rows), '', ...next.map(({ en }) => `- ${en}`)].join('\n')
}
