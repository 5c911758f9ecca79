/**
 * How right the starter examples of message kinds are on posts that they were not chosen by: precision and coverage of each
 * kind where the model assigns it, with several seeds. Runs what `npm run build` made.
 *
 *   node scripts/bench/kinds.mjs [--posts held-out|development] [--seeds 1,2,3] [--budget 0.07]
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { KINDS, RISK_BUDGET } from '../../dist/labels/message-kind.js'
import { trainClassifier } from '../../dist/learning/training/train-classifier.js'

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: 'held-out' },
    seeds: { type: 'string', default: '1,2,3' },
    budget: { type: 'string', default: String(RISK_BUDGET) },
  },
})
const read = (name) => readFileSync(new URL(`../../fixtures/message-kinds/${name}`, import.meta.url), 'utf8')
const starters = ['fr.csv', 'en.csv'].flatMap((name) => parse(read(name), { columns: true }))
const posts = read(`${values.posts}.ndjson`)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

for (const seed of values.seeds.split(',').map(Number)) {
  const classifier = trainClassifier({
    texts: starters.map(({ text }) => text),
    labels: starters.map(({ label }) => label),
    descriptions: KINDS,
    riskBudget: Number(values.budget),
    seed,
  })
  const judged = posts.map((post) => ({ ...post, ...classifier.classify(post.text) }))
  console.log(
    `\nseed ${seed}, ${starters.length} starter examples, ${posts.length} posts of ${values.posts}\n`,
  )
  console.log('| kind | posts | assigned | right | precision | coverage |\n|---|---|---|---|---|---|')
  for (const kind of Object.keys(KINDS)) {
    const assigned = judged.filter(({ label, decision }) => label === kind && decision === 'assigned')
    const right = assigned.filter((each) => each.kind === kind).length
    const all = posts.filter((post) => post.kind === kind).length
    const precision = assigned.length > 0 ? percent(right / assigned.length) : '-'
    console.log(
      `| ${kind} | ${all} | ${assigned.length} | ${right} | ${precision} | ${percent(right / all)} |`,
    )
  }
}

function percent(share) {
  return `${Math.round(100 * share)}%`
}
