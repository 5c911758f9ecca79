/**
 * Drift and rising topics on streams of clinc150's posts: how often a stable stream raises an alarm, how soon a label
 * that comes or goes is noticed, and whether bursts of withheld intents are proposed as topics.
 *
 * Learned from `train.csv`, compared with posts of `val.csv`, streamed from `test.csv`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { measureDrift } from '../../../dist/learning/drift/measure-drift.js'
import { risingTopics } from '../../../dist/learning/drift/rising-topics.js'
import { createRandom, shuffle } from '../../../dist/learning/random.js'
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'
import { visitLightTerms } from '../../../dist/text/terms/terms.js'

export const name = 'Drift and rising topics'

const OUT_OF_SCOPE = 'oos'
const WINDOW = 7
const A_DAY = 50
const DAYS = 365
const LABELS = 20
/** As in the product: the least sure quarter is looked at for topics. */
const UNUSUAL = 0.25

/** @returns lines of Markdown */
export async function run({ data, seeds, log }) {
  const splits = Object.fromEntries(
    ['train', 'val', 'test'].map((split) => [
      split,
      byLabel(join(data, 'classification/clinc150', `${split}.csv`)),
    ]),
  )
  const labels = [...splits.train.keys()].filter((label) => label !== OUT_OF_SCOPE).sort()
  const streams = []
  const bursts = []
  for (let seed = 1; seed <= seeds; seed++) {
    streams.push(streamFigures(splits, labels, seed))
    log(`drift: stream of seed ${seed}: ${JSON.stringify(streams.at(-1))}`)
    bursts.push(...burstFigures(splits, labels, seed))
    log(`drift: bursts of seed ${seed} done`)
  }
  return [
    `Streams of ${A_DAY} posts a day of ${LABELS} of clinc150's intents, drawn anew by each of ${seeds} seeds, in equal shares (of the intent that goes, 10 %); window ${WINDOW} days, learned from \`train\`, compared with \`val\`, streamed from \`test\`.`,
    '',
    '| stream | figure |',
    '|---|---|',
    `| nothing changes, ${seeds} × ${DAYS} days | alarms on ${sum(streams.map(({ alarms }) => alarms))} of ${sum(streams.map(({ days }) => days))} days |`,
    ...['new5', 'new10', 'gone'].map(
      (kind) =>
        `| ${SAID[kind]} | noticed after ${streams.map((each) => each[kind] ?? 'never').join(', ')} days |`,
    ),
    '',
    'Topics: in a week 350 posts of known intents, 35 on anything (`oos`), and bursts of three of 10 withheld intents; 2,800 earlier posts. A proposal is right when most of its posts are of one of the three.',
    '',
    '| posts a burst | bursts | found | proposals | right |',
    '|---|---|---|---|---|',
    ...[...SIZES, undefined].map((size) => {
      const own = bursts.filter((each) => size === undefined || each.size === size)
      const total = (key) => sum(own.map((each) => each[key]))
      return `| ${size ?? 'all'} | ${total('bursts')} | ${share(total('found'), total('bursts'))} | ${total('proposals')} | ${share(total('right'), total('proposals'))} |`
    }),
  ]
}

const SAID = {
  new5: 'an unknown intent comes, 5 % of posts',
  new10: 'an unknown intent comes, 10 % of posts',
  gone: 'the intent of 10 % goes',
}
const SIZES = [8, 12, 20, 30]
const WEEKS = 4

function streamFigures(splits, labels, seed) {
  const random = createRandom(seed)
  const [newcomer, ...own] = shuffle([...labels], random).slice(0, LABELS + 1)
  const classifier = learn(splits.train, own, seed)
  const known = vocabularyOf(splits.train, own)
  const observe = observer(classifier, known)
  const reference = referenceOf(own.flatMap((label) => splits.val.get(label)).map(observe))
  const pools = new Map([...own, newcomer].map((label) => [label, splits.test.get(label).map(observe)]))
  // The reference has all intents in equal shares, so the stream is stable where it has, too.
  const equal = new Map(own.map((label) => [label, 1]))
  const stable = alarmDays(createStream(pools, random), reference, DAYS + WINDOW - 1, () => equal)
  const weighed = referenceOf(
    own.flatMap((label, at) => splits.val.get(label).slice(0, at === 0 ? 20 : 9)).map(observe),
  )
  const heavy = new Map(own.map((label, at) => [label, at === 0 ? 20 : 9]))
  const without = new Map(heavy).set(own[0], 0)
  const withNew = (part) => new Map(equal).set(newcomer, (LABELS * part) / (1 - part))
  return {
    days: DAYS,
    alarms: stable.length,
    new5: firstAlarm(createStream(pools, random), reference, equal, withNew(0.05)),
    new10: firstAlarm(createStream(pools, random), reference, equal, withNew(0.1)),
    gone: firstAlarm(createStream(pools, random), weighed, heavy, without),
  }
}

/** Days from the change to the first alarm; undefined where none comes in four weeks. */
function firstAlarm(stream, reference, before, after) {
  const [day] = alarmDays(stream, reference, WINDOW + 28, (at) => (at < WINDOW ? before : after)).filter(
    (at) => at >= WINDOW,
  )
  return day === undefined ? undefined : day - WINDOW + 1
}

function alarmDays(stream, reference, days, sharesOn) {
  const window = []
  const found = []
  for (let day = 0; day < days; day++) {
    window.push(stream(sharesOn(day)))
    if (window.length < WINDOW) continue
    if (window.length > WINDOW) window.shift()
    const { alarms } = finish(measureDrift([{ group: 'all', reference, posts: window.flat() }]))
    if (alarms.length > 0) found.push(day)
  }
  return found
}

/** Draws days of posts; of each intent all are used before any comes again. */
function createStream(pools, random) {
  const decks = new Map()
  const draw = (label) => {
    const deck = decks.get(label) ?? []
    if (deck.length === 0) deck.push(...shuffle([...pools.get(label)], random))
    decks.set(label, deck)
    return deck.pop()
  }
  return (shares) => {
    const total = sum([...shares.values()])
    return Array.from({ length: A_DAY }, () => {
      let left = random.next() * total
      for (const [label, part] of shares) {
        left -= part
        if (left < 0) return draw(label)
      }
      return draw([...shares.keys()][0])
    })
  }
}

function burstFigures(splits, labels, seed) {
  const random = createRandom(1000 + seed)
  const shuffled = shuffle([...labels], random)
  const [withheld, own] = [shuffled.slice(0, 10), shuffled.slice(10)]
  const classifier = learn(splits.train, own, seed)
  const post = (label) => (text) => ({
    label,
    terms: termsOf(text),
    confidence: classifier.classify(text).confidence,
  })
  const all = (split, wanted) => wanted.flatMap((label) => splits[split].get(label).map(post(label)))
  const earlier = all('val', own)
  const usual = all('test', own)
  const odd = all('test', [OUT_OF_SCOPE])
  const fresh = new Map(withheld.map((label) => [label, all('test', [label])]))
  const confidences = earlier.map(({ confidence }) => confidence).sort((a, b) => a - b)
  const bound = confidences[Math.floor(confidences.length * UNUSUAL)]
  const figures = []
  for (const size of SIZES)
    for (let week = 0; week < WEEKS; week++) {
      const burst = shuffle([...withheld], random).slice(0, 3)
      const recent = shuffle(
        [
          ...shuffle([...usual], random).slice(0, 350),
          ...shuffle([...odd], random).slice(0, 35),
          ...burst.flatMap((label) => shuffle([...fresh.get(label)], random).slice(0, size)),
        ].map((each) => ({ ...each, fits: each.confidence > bound })),
        random,
      )
      const named = finish(risingTopics({ recent, earlier })).map(({ posts }) =>
        mostOf(posts.map((at) => recent[at].label)),
      )
      const right = named.filter((label) => burst.includes(label))
      figures.push({
        size,
        bursts: 3,
        found: new Set(right).size,
        proposals: named.length,
        right: right.length,
      })
    }
  return figures
}

/** What more than half of the labels are. */
function mostOf(labels) {
  return labels.find((label) => labels.filter((other) => other === label).length * 2 > labels.length)
}

function learn(split, labels, seed) {
  const rows = labels.flatMap((label) => split.get(label).map((text) => ({ text, label })))
  return trainClassifier({
    texts: rows.map(({ text }) => text),
    labels: rows.map(({ label }) => label),
    seed,
  })
}

function observer(classifier, known) {
  return (text) => {
    const { label, confidence, decision } = classifier.classify(text)
    const words = []
    visitLightTerms(text, 'en', (term) => words.push(term))
    return {
      label,
      confidence,
      assigned: decision === 'assigned',
      words: words.length,
      unknownWords: words.filter((term) => !known.has(term)).length,
      terms: [...new Set(words)],
    }
  }
}

function referenceOf(posts) {
  const termDocuments = new Map()
  for (const { terms } of posts)
    for (const term of terms) termDocuments.set(term, (termDocuments.get(term) ?? 0) + 1)
  return { posts, termDocuments }
}

function vocabularyOf(split, labels) {
  return new Set(labels.flatMap((label) => split.get(label).flatMap(termsOf)))
}

function termsOf(text) {
  const terms = new Set()
  visitLightTerms(text, 'en', (term) => terms.add(term))
  return [...terms]
}

function byLabel(file) {
  const texts = new Map()
  for (const { text, label } of parse(readFileSync(file, 'utf8'), { columns: true }))
    texts.set(label, [...(texts.get(label) ?? []), text])
  return texts
}

function finish(work) {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}

function share(part, whole) {
  return whole === 0 ? '–' : `${part} (${((100 * part) / whole).toFixed(1)} %)`
}
