import { createRandom } from '../../../dist/learning/random.js'
import { decideActivation } from '../../../dist/models/gate/decide-activation.js'
import { fitCandidate } from '../../../dist/models/training/fit-candidate.js'
import { enlarged, gateSets, healed, newPoison, POISONS, shuffled } from './gate-cases.mjs'

export const name = 'gate'

/** Trainings of the same data with other seeds, each the candidate of the one before. */
const TWINS = 7

/**
 * What the gate does with 25 poisoned corrections, with a candidate trained on the same data, and with a better one,
 * by out-of-fold predictions alone: there is no audit slice.
 */
export async function run({ data, seeds, log }) {
  const totals = new Map()
  const bySet = []
  for (const { name: set, rows, size } of gateSets(data)) {
    const counts = new Map()
    for (let seed = 1; seed <= seeds; seed++) {
      const all = shuffled(rows, seed)
      for (const [kind, activated] of await cases(all.slice(0, size), all.slice(size), seed)) {
        for (const tally of [counts, totals]) {
          const { of, passed } = tally.get(kind) ?? { of: 0, passed: 0 }
          tally.set(kind, { of: of + 1, passed: passed + (activated ? 1 : 0) })
        }
      }
      log(
        `${set} ${size}, draw ${seed}: ${[...counts].map(([kind, each]) => `${kind} ${tell(kind, each)}`).join('; ')}`,
      )
    }
    bySet.push([`${set}, ${size} labels`, counts])
  }
  const columns = bySet.map(([set]) => set)
  return [
    `| candidate | all | ${columns.join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}`,
    ...[...totals].map(
      ([kind, all]) =>
        `| ${kind} | ${tell(kind, all)} | ${bySet.map(([, counts]) => tell(kind, counts.get(kind))).join(' | ')} |`,
    ),
  ]
}

function tell(kind, { of, passed }) {
  return isPoison(kind) ? `${of - passed} of ${of} refused` : `${passed} of ${of} passed`
}

function isPoison(kind) {
  return kind.startsWith('25 poisoned')
}

/** @returns for each candidate what it is and whether the gate let it through */
async function cases(base, rest, seed) {
  const found = []
  const active = await judged(base, seed)
  let last = active
  for (let twin = 1; twin < TWINS; twin++) {
    const next = await judged(base, seed + 100 * twin, last)
    found.push(['trained on the same data, other seed', next.activated])
    last = next
  }
  found.push(['trained on the same data, other seed', (await judged(base, seed, last)).activated])
  const random = createRandom(seed)
  const poisoned = []
  for (const [kind, poison] of Object.entries(POISONS)) {
    const examples = poison(base, random)
    const candidate = await judged(examples, seed, active)
    found.push([`25 poisoned corrections: ${kind}`, candidate.activated])
    poisoned.push({ examples, candidate })
  }
  const [{ examples, candidate }] = poisoned
  found.push(['25 wrong labels put right', (await judged(healed(examples, base), seed, candidate)).activated])
  if (rest.length >= base.length / 2)
    found.push(['half as many labels again', (await judged(enlarged(base, rest), seed, active)).activated])
  const unlabelled = newPoison(base, rest, random)
  found.push(['25 poisoned first labels of new threads', (await judged(unlabelled, seed, active)).activated])
  return found
}

async function judged(examples, seed, before) {
  const fitted = await fitCandidate(examples, [], {
    seed,
    riskBudget: 0.05,
    labelBudgets: {},
    descriptions: {},
    ...(before && { active: before.asActive }),
  })
  const { report, files, heldOut } = fitted
  const { activate, reason } = decideActivation(report, { requireParity: false })
  const asActive = { version: 1, files, heldOut, wholeFitHeldOut: heldOut }
  return { activated: activate, reason, asActive }
}
