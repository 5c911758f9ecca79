import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { createRandom, shuffle } from '../../../dist/learning/random.js'

/** Corrections a poisoner gives: as many as set off a training. */
const POISONED = 25

const fixtures = fileURLToPath(new URL('../../../fixtures/demo/', import.meta.url))

/** The labelled texts that candidates are trained on: so many of each set, drawn anew a seed. */
export function gateSets(data) {
  const classification = (name, language) =>
    read(`${data}/classification/${name}/train.csv`, language).filter(({ label }) => label !== 'oos')
  return [
    {
      name: 'demo community (French and English)',
      rows: ['fr', 'en'].flatMap((language) => read(`${fixtures}questions-${language}.csv`, language)),
      size: 500,
    },
    { name: 'banking77', rows: classification('banking77', 'en'), size: 500 },
    { name: 'banking77', rows: classification('banking77', 'en'), size: 1000 },
    { name: 'clinc150', rows: classification('clinc150', 'en'), size: 750 },
    { name: 'code-du-travail-fr', rows: classification('code-du-travail-fr', 'fr'), size: 750 },
  ]
}

function read(file, language) {
  return parse(readFileSync(file), { columns: true, bom: true }).map(({ text, label }) => ({
    text,
    label,
    language,
  }))
}

/** A set's examples in an order of this seed, each with an id. */
export function shuffled(rows, seed) {
  const order = shuffle(Int32Array.from(rows.keys()), createRandom(seed))
  return Array.from(order, (at) => ({ ...rows[at], id: String(at), use: 'learned' }))
}

/** Kinds of poison: each makes 25 wrong corrections of labelled threads, or as many as its labels have threads. */
export const POISONS = {
  'random labels': (base, random) =>
    corrected(base, some(base, random), (label) => another(base, label, random)),
  'labels moved to another, thread by thread until 25': (base, random) => {
    const order = shuffle(labelsOf(base), random)
    const moved = order
      .flatMap((label) => base.filter((example) => example.label === label))
      .slice(0, POISONED)
    const target = new Map(order.map((label) => [label, another(base, label, random)]))
    return corrected(base, moved, (label) => target.get(label))
  },
  'all to one label': (base, random) => {
    const order = labelsOf(base)
    const sink = order[random.below(order.length)]
    const others = base.filter(({ label }) => label !== sink)
    return corrected(base, some(others, random), () => sink)
  },
}

/** 25 threads that nobody had labelled come with random labels. */
export function newPoison(base, rest, random) {
  const labelled = rest.slice(0, POISONED).map((example) => ({
    ...example,
    unseen: true,
    relabelled: true,
    label: another(base, example.label, random),
  }))
  return [...base, ...labelled]
}

/** Half as many labels again. */
export function enlarged(base, rest) {
  const more = rest.slice(0, Math.floor(base.length / 2))
  return [...base, ...more.map((example) => ({ ...example, unseen: true, relabelled: true }))]
}

/** The poisoned labels put right again, one by one. */
export function healed(poisoned, base) {
  return base.map((example, at) => ({ ...example, relabelled: example.label !== poisoned[at].label }))
}

function corrected(base, chosen, labelOf) {
  const ids = new Set(chosen.map(({ id }) => id))
  return base.map((example) =>
    ids.has(example.id) ? { ...example, label: labelOf(example.label), relabelled: true } : example,
  )
}

function some(examples, random) {
  return shuffle([...examples], random).slice(0, POISONED)
}

function labelsOf(examples) {
  return [...new Set(examples.map(({ label }) => label))].sort()
}

function another(base, label, random) {
  const others = labelsOf(base).filter((each) => each !== label)
  return others[random.below(others.length)]
}
