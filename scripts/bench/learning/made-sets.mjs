import { createRandom, shuffle } from '../../../dist/learning/random.js'

const DRAWS = 3
const FIRST_SEED = 1_000
/** Most test posts of one label: as many of each, so that the test side has another mix of labels than the training side. */
const MOST_TESTED = 25
/** A community's usual shape: 90 posts of the first label, 67 of the second, 6 of the fortieth. */
const uneven = (rank) => 90 / (1 + 0.35 * rank)
const fifteen = () => 15

/**
 * Sets like those of small communities, made from public ones: few labels, uneven or with few posts each, with labels
 * named in capitals, abbreviated or by numbers, with typos, near-duplicates and wrong labels. Wrong labels and
 * near-duplicates are on the training side only.
 */
export const madeSets = {
  'uneven, English': { of: 'banking77', language: 'en', labels: 40, size: uneven },
  'uneven, dirty, English': {
    of: 'banking77',
    language: 'en',
    labels: 40,
    size: uneven,
    naming: abbreviated,
    wrong: 0.1,
    typing: 0.3,
    repeated: 0.15,
  },
  'small, English': { of: 'banking77', language: 'en', labels: 24, size: fifteen, naming: numbered },
  'uneven, many topics': { of: 'clinc150', language: 'en', labels: 40, size: uneven, naming: capitals },
  'small, dirty, many topics': {
    of: 'clinc150',
    language: 'en',
    labels: 24,
    size: fifteen,
    naming: abbreviated,
    wrong: 0.1,
    typing: 0.3,
  },
  'small, French': { of: 'code-du-travail-fr', language: 'fr', labels: 24, size: fifteen, naming: numbered },
  'uneven, French': {
    of: 'code-du-travail-fr',
    language: 'fr',
    labels: 40,
    size: uneven,
    naming: capitals,
    wrong: 0.05,
    repeated: 0.1,
  },
}

/**
 * Draws of a made set, each a fold with `train` and `test` rows.
 *
 * @param train rows of the public set's training file
 * @param test rows of its test file
 */
export function drawMadeSet(set, train, test) {
  return Array.from({ length: DRAWS }, (_, draw) =>
    drawOnce(set, train, test, createRandom(FIRST_SEED + draw)),
  )
}

function drawOnce(
  { labels, size, naming = (name) => name, wrong = 0, typing = 0, repeated = 0 },
  train,
  test,
  random,
) {
  const known = byLabel(train)
  const asked = byLabel(test)
  const chosen = shuffle([...known.keys()].filter((label) => asked.has(label)).sort(), random).slice(
    0,
    labels,
  )
  const names = new Map(chosen.map((label, rank) => [label, naming(label, rank)]))
  const all = [...names.values()]
  const sometimesMistyped = (row) =>
    random.next() < typing ? { ...row, text: mistyped(row.text, random) } : row
  const renamed = (row) => ({ ...row, label: names.get(row.label) })
  const taught = chosen
    .flatMap((label, rank) =>
      shuffle([...known.get(label)], random).slice(0, Math.max(2, Math.round(size(rank)))),
    )
    .map(renamed)
    .map((row) => (random.next() < wrong ? { ...row, label: all[random.below(all.length)] } : row))
    .map(sometimesMistyped)
  const again = taught
    .filter(() => random.next() < repeated)
    .map((row) => ({ ...row, text: mistyped(row.text, random) }))
  return {
    train: [...taught, ...again],
    test: chosen
      .flatMap((label) => shuffle([...asked.get(label)], random).slice(0, MOST_TESTED))
      .map(renamed)
      .map(sometimesMistyped),
  }
}

function byLabel(rows) {
  const groups = new Map()
  for (const row of rows) {
    if (!groups.has(row.label)) groups.set(row.label, [])
    groups.get(row.label).push(row)
  }
  return groups
}

function capitals(name) {
  return name.toUpperCase()
}

/** `card_arrival` as `crdrrv3`. */
function abbreviated(name, rank) {
  const words = name.split(/[ _/-]+/)
  return words.map((word) => word.replace(/[aeiouyàâéèêîôû]/gi, '').slice(0, 3)).join('') + rank
}

function numbered(_, rank) {
  return `q${(rank * 7_919) % 1_000}`
}

/** A slip of the finger in each forty characters: one left out, doubled or swapped with the next. */
function mistyped(text, random) {
  const letters = [...text]
  const slips = Math.max(1, Math.round(letters.length / 40))
  for (let slip = 0; slip < slips; slip++) {
    const at = random.below(Math.max(1, letters.length - 1))
    const kind = random.below(3)
    if (kind === 0) letters.splice(at, 1)
    else if (kind === 1) letters.splice(at, 0, letters[at])
    else letters.splice(at, 2, ...letters.slice(at, at + 2).reverse())
  }
  return letters.join('')
}
