/** What was done with records of one kind. */
export interface OutcomeCounts {
  new: number
  changed: number
  unchanged: number
  rejected: number
}

export const noOutcomes = (): OutcomeCounts => ({ new: 0, changed: 0, unchanged: 0, rejected: 0 })
