const SHORT = 500

/**
 * How many inputs a property is tried on: all of `runs` in the full matrix (`ENTRAIDE_TEST_MATRIX=full`, as in CI) and
 * in `npm run test:fuzz`, at most 500 in a short run.
 */
export function propertyRuns(runs: number): number {
  return process.env.ENTRAIDE_TEST_MATRIX === 'full' ? runs : Math.min(runs, SHORT)
}
