const SHORT = 500

/**
 * Whether this run takes both databases throughout and twenty kills, as CI does (`ENTRAIDE_TEST_MATRIX=full`). A short
 * run, `npm test`, makes every assertion too, on fewer of these.
 */
export function isFullMatrix(): boolean {
  return process.env.ENTRAIDE_TEST_MATRIX === 'full'
}

/** How many inputs a property is tried on: at most 500, all of `runs` in `npm run test:fuzz`. */
export function propertyRuns(runs: number): number {
  return process.env.ENTRAIDE_TEST_PROPERTIES === 'all' ? runs : Math.min(runs, SHORT)
}
