/** A heading that contents can lead to; its text is markup without tags. */
export interface Anchor {
  readonly id: string
  readonly text: string
}

const HEADING = /<h3>([\s\S]*?)<\/h3>/g

/** Gives the third-level headings of some markup ids, by which contents lead to them. */
export function addAnchors(
  markup: string,
  prefix: string,
): { readonly markup: string; readonly anchors: readonly Anchor[] } {
  const anchors: Anchor[] = []
  const anchored = markup.replace(HEADING, (_, inner: string) => {
    const id = `${prefix}-${anchors.length + 1}`
    anchors.push({ id, text: inner.replace(/<[^>]*>/g, '') })
    return `<h3 id="${id}">${inner}</h3>`
  })
  return { markup: anchored, anchors }
}
