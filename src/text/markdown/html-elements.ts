/** What HTML says of its elements, as far as a reader of posts must know it. */

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Elements without content, and without a closing tag. */
export const voids = names(`
  area base basefont br col embed frame hr image img input link meta param source track wbr`)

/** Closed where they cross another; browsers reopen them, which only ever changes how text looks. */
export const formatting = names(`
  a b big code del em font i ins kbd mark s small span strike strong sub sup tt u`)

/** No closing tag from inside reaches beyond these. */
export const scopes = names('table thead tbody tfoot tr td th caption')

const blocks = names(`
  address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr html legend li li-code li-spoiler lia-code main menu nav ol optgroup option p pre
  search section summary table caption colgroup thead tbody tfoot tr td th ul video audio iframe xmp listing plaintext`)

export function isBlock(name: string): boolean {
  return blocks.has(name)
}

/** Not shown, or a control rather than text. */
export const unseen = names(`
  area base button canvas col colgroup datalist embed frame frameset head link map meta noembed noframes noscript
  object param rp script select source style svg template textarea title track`)

const paragraph = names('p')
const item = names('li')
const terms = names('dt dd')
const cell = names('td th')
const rows = names('tr')
const sections = names('thead tbody tfoot')

/** Opening the key closes one of these that is still open. */
export const closesAtOpening: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...`address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul li-code li-spoiler`
    .split(/\s+/)
    .map((name) => [name, paragraph] as const),
  ['li', item],
  ['dt', terms],
  ['dd', terms],
  ['td', cell],
  ['th', cell],
  ['tr', rows],
  ['thead', sections],
  ['tbody', sections],
  ['tfoot', sections],
  ['a', names('a')],
  ['option', names('option')],
  ['body', names('head')],
])
