const SHORT = 500

/**
 * Whether this run is of a matrix: `full`, as in CI, takes both databases wherever a suite rests on one; `every` takes
 * them throughout (`ENTRAIDE_TEST_MATRIX`). A short run, `npm test`, makes every assertion too, on fewer of them.
 */
export function isMatrix(matrix: 'full' | 'every'): boolean {
  const run = process.env.ENTRAIDE_TEST_MATRIX
  return run === 'every' || run === matrix
}

/** How many inputs a property is tried on: at most 500, all of `runs` in `npm run test:fuzz`. */
export function propertyRuns(runs: number): number {
  return process.env.ENTRAIDE_TEST_PROPERTIES === 'all' ? runs : Math.min(runs, SHORT)
}
