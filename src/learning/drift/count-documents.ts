/** Texts counted in one step: a few milliseconds. */
const STEP = 250

/** How many texts have each term, in steps; the terms of a text are distinct. */
export function* countDocuments(
  texts: readonly { readonly terms: readonly string[] }[],
): Generator<undefined, Map<string, number>> {
  const documents = new Map<string, number>()
  for (const [at, { terms }] of texts.entries()) {
    for (const term of terms) documents.set(term, (documents.get(term) ?? 0) + 1)
    if (at % STEP === STEP - 1) yield
  }
  return documents
}
