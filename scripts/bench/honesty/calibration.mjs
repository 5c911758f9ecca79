/**
 * Calibration, fitted on out-of-fold predictions of the training file alone: the expected calibration error on the test
 * file, beside that of a perfectly calibrated model of the same confidences.
 */
import {
  calibrationBand,
  debiasedCalibrationError,
  expectedCalibrationError,
} from '../../../dist/learning/calibration/calibration-error.js'
import { judge, percent, readSet, table, trainOn } from './public-sets.mjs'

export const name = 'calibration'

const ASKED = {
  banking77: 'ECE ≤ 2 %',
  'code-du-travail-fr': 'within the band, or ≤ 4 % debiased',
}

export async function run({ data, log }) {
  const rows = Object.entries(ASKED).map(([set, asked]) => {
    log(set)
    const classifier = trainOn(readSet(data, set, 'train'))
    const test = readSet(data, set, 'test')
    const { confidences, correct } = judge(classifier, test)
    const { median, upper } = calibrationBand(confidences)
    return [
      set,
      test.texts.length,
      percent(mean(correct)),
      percent(mean(confidences)),
      `**${percent(expectedCalibrationError(confidences, correct), 2)}**`,
      percent(debiasedCalibrationError(confidences, correct), 2),
      `${percent(median, 2)}, up to ${percent(upper, 2)}`,
      asked,
    ]
  })
  return [
    'Expected calibration error of test files, 15 bins of equal mass; temperature fitted on out-of-fold predictions of the',
    'training files alone. Debiased after Kumar, Liang & Ma 2019; the band is that of a perfectly calibrated model of these',
    'confidences, median and 95th percentile of 1,000 draws (consistency resampling, Bröcker & Smith 2007). Guo et al. 2017',
    'report 1 to 2 % after temperature scaling of image classifiers (table 1).',
    '',
    ...table(
      ['set', 'texts', 'accuracy', 'mean confidence', 'ECE', 'debiased', 'calibrated model', 'asked'],
      rows,
    ),
  ]
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
