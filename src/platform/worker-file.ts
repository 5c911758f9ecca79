/**
 * Where a worker thread's compiled code is. Threads run JavaScript, so a module that still runs as TypeScript
 * (under the test runner) points its threads to the build beside `src`.
 *
 * @param from the caller's `import.meta.url`
 * @param name relative to it, without ending
 */
export function workerFile(from: string, name: string): string {
  const url = from.endsWith('.ts') ? from.replace('/src/', '/dist/') : from
  return new URL(`${name}.js`, url).href
}
