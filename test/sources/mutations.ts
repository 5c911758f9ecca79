import fc from 'fast-check'

/** How many; `npm run test:fuzz` makes a hundred thousand for each format. */
const RUNS = Number(process.env.ENTRAIDE_TEST_MUTATIONS ?? 500)
/** An input of a few kilobytes that takes longer than this hangs. */
const HANG_MS = 20_000

const signs = [
  '<',
  '>',
  '"',
  "'",
  '&',
  '&#0;',
  '</',
  '/>',
  '<!--',
  ']]>',
  '<row ',
  '</posts>',
  '\\u0000',
  '\\ud800',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  'null',
  'true',
  '1e999',
  '-1',
  '[[[[[[',
  '{"":',
  '\0',
  '\n',
  '\r',
  '\t',
  ';',
  '|',
  '"\n',
  '""',
  '\ufeff',
  '9999-12-31T23:59:59Z',
  '"id":1,',
  '\u2028',
].map((text) => Buffer.from(text))

/** Runs `check` on what comes of `bytes` by a few edits: bytes removed, inserted, and pieces of the file repeated. */
export async function mutations(bytes: Buffer, check: (mutated: Buffer) => Promise<void>): Promise<void> {
  const at = fc.nat(bytes.length - 1)
  const piece = fc.tuple(at, fc.nat(200)).map(([from, length]) => bytes.subarray(from, from + length))
  const edit = fc.record({
    at,
    remove: fc.oneof(fc.nat(20), fc.nat(bytes.length)),
    insert: fc.oneof(
      { weight: 2, arbitrary: fc.uint8Array({ maxLength: 4 }) },
      { weight: 4, arbitrary: fc.constantFrom(...signs) },
      { weight: 1, arbitrary: piece },
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
      let mutated: Buffer = bytes
      for (const { at, remove, insert } of edits) {
        mutated = Buffer.concat([mutated.subarray(0, at), insert, mutated.subarray(at + remove)])
      }
      await check(mutated)
    }),
    { numRuns: RUNS, timeout: HANG_MS },
  )
}

/** Time for that many, for a test's own limit: a bound against hanging, not a measure. */
export const MUTATIONS_TIMEOUT = 60_000 + RUNS * 100
