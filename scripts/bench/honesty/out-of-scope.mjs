/**
 * clinc150: `oos` texts only as in its training file, what is in scope chosen on its `val` file, counted on its test file as
 * Larson et al. do: a text in scope that is left unassigned is wrong.
 */
import { join } from 'node:path'
import { evaluateFiles } from '../../../dist/evaluation/evaluate-files.js'
import { OUT_OF_SCOPE, percent, readSet, table, trainOn } from './public-sets.mjs'

export const name = 'out-of-scope'

/** In-scope accuracy and out-of-scope recall of Larson et al. 2019, table 2. */
const PUBLISHED = [
  ['FastText', 0.89, 0.097],
  ['SVM', 0.91, 0.145],
  ['Dialogflow', 0.917, 0.14],
  ['Rasa', 0.915, 0.453],
  ['MLP on USE', 0.935, 0.474],
  ['BERT', 0.969, 0.403],
]

export async function run({ data, log }) {
  const file = (part) => join(data, 'classification', 'clinc150', `${part}.csv`)
  log('with oos texts to learn from')
  const figures = await evaluateFiles({ train: file('train'), test: file('test'), oosFrom: file('val') })
  const [mostRight, covering] = figures.details.scope
  const ours = (scope, rule) => [`Entraide, ${rule}`, scope.in_scope_accuracy, scope.oos_recall]
  return [
    'clinc150, counted on the test file as Larson et al. 2019 do; thresholds from `val`. Asked: accuracy in scope ≥ 92 % at',
    'recall ≥ 47 %, and at 95 % coverage of `val` recall ≥ 78 %. Published figures are of their table 2.',
    '',
    ...table(
      ['', 'accuracy in scope', 'out-of-scope recall'],
      [
        ours(mostRight, 'most of `val` right'),
        ours(covering, `95 % of \`val\` assigned (test: ${percent(covering.in_scope_coverage)})`),
        ...PUBLISHED,
      ].map(([who, accuracy, recall]) => [who, percent(accuracy), percent(recall)]),
    ),
    '',
    `Area under risk and coverage of all test texts ${percent(figures.aurc, 2)}; likeliest labels in scope right ${percent(figures.accuracy)}.`,
    '',
    ...unlearned(data, log),
  ]
}

/** What a facet without any `oos` text makes of them: only familiarity can tell. */
function unlearned(data, log) {
  log('without')
  const train = readSet(data, 'clinc150', 'train')
  const inScope = [...train.labels.keys()].filter((row) => train.labels[row] !== OUT_OF_SCOPE)
  const classifier = trainOn({
    texts: inScope.map((row) => train.texts[row]),
    labels: inScope.map((row) => train.labels[row]),
  })
  const test = readSet(data, 'clinc150', 'test')
  const verdicts = classifier.classifyAll(test.texts)
  const shareOf = (outside, holds) => {
    const some = verdicts.filter((_, row) => (test.labels[row] === OUT_OF_SCOPE) === outside)
    return percent(some.filter(holds).length / some.length)
  }
  const row = (what, holds) => [what, shareOf(false, holds), shareOf(true, holds)]
  return [
    'Learned without any `oos` text, as a facet that has no such label, under a budget of 5 %:',
    '',
    ...table(
      ['left unassigned', 'of texts in scope', 'of texts out of scope'],
      [
        row('unlike anything seen', ({ reason }) => reason === 'unlike-anything-seen'),
        row('two labels close', ({ reason }) => reason === 'two-labels-close'),
        row('unsure', ({ reason }) => reason === 'unsure'),
        row('for any reason', ({ decision }) => decision === 'abstained'),
      ],
    ),
  ]
}
