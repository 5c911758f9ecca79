import type { Demand } from '../candidate.ts'

/** What a candidate's worth is computed by. */
export interface Weights {
  /** Share of views that save a contact, in [0, 1]. */
  readonly usefulShare: number
  /** Cost of a call and of a chat, in euros. */
  readonly callCost: number
  readonly chatCost: number
  /** Share of contacts that are calls, in [0, 1]. */
  readonly callShare: number
  /** What each doubling of the number of askings adds: 0.5 is half as much again. */
  readonly recurrence: number
  /** What each doubling of one more than the number of failed searches adds. */
  readonly failedSearches: number
  /** What activity of today adds; half of it after {@link HALF_LIFE_DAYS}. */
  readonly freshness: number
}

export const DEFAULT_WEIGHTS: Weights = {
  usefulShare: 0.3,
  callCost: 4,
  chatCost: 2,
  callShare: 0.5,
  recurrence: 0.5,
  failedSearches: 0.5,
  freshness: 0.5,
}

/** The factors by which a candidate's views count more, each at least 1. */
export interface Factors {
  readonly recurrence: number
  readonly failedSearches: number
  readonly freshness: number
}

export const HALF_LIFE_DAYS = 90
const DAY_MS = 86_400_000

export function factorsOf(
  { askings, failedSearches = 0, lastAt }: Demand,
  weights: Weights,
  now: Date,
): Factors {
  const days = Math.max(0, now.getTime() - Date.parse(lastAt)) / DAY_MS
  return {
    recurrence: 1 + weights.recurrence * Math.log2(Math.max(1, askings)),
    failedSearches: 1 + weights.failedSearches * Math.log2(1 + failedSearches),
    freshness: 1 + weights.freshness * 2 ** (-days / HALF_LIFE_DAYS),
  }
}

/** Views a month, weighted. What a contact costs is left out, so that another cost changes no rank. */
export function scoreOf(demand: Demand, weights: Weights, now: Date): number {
  const { recurrence, failedSearches, freshness } = factorsOf(demand, weights, now)
  return demand.views * recurrence * failedSearches * freshness
}

/** Euros that a contact costs on average. */
export function contactCost({ callCost, chatCost, callShare }: Weights): number {
  return callShare * callCost + (1 - callShare) * chatCost
}

/** Euros a month that an article would save, to the cent. */
export function worthOf(score: number, weights: Weights): number {
  return Math.round(score * weights.usefulShare * contactCost(weights) * 100) / 100
}
