const SHORT = 500

/**
 * Whether this run takes everything, as CI does (`ENTRAIDE_TEST_MATRIX=full`): all suites on both databases, properties
 * on all their inputs, twenty kills. A short run, `npm test`, makes every assertion too, on fewer of these.
 */
export function isFullMatrix(): boolean {
  return process.env.ENTRAIDE_TEST_MATRIX === 'full'
}

/** How many inputs a property is tried on: all of `runs` in the full matrix, at most 500 in a short run. */
export function propertyRuns(runs: number): number {
  return isFullMatrix() ? runs : Math.min(runs, SHORT)
}
