import { Type } from 'typebox'
import type { Page } from '../../platform/page.ts'
import { pageOf } from '../../platform/page-schema.ts'
import { exampleThread, SentencesSchema, Share, shareExample } from '../schema-parts.ts'
import type { ComparedThread, PredictionComparison } from './compare-predictions.ts'
import type { ConfusionMatrix } from './confusion-matrix.ts'
import type { LabelReport } from './label-figures.ts'
import { NEXT_ACTIONS } from './next-step.ts'
import type { PredictedThread } from './predicted-threads.ts'
import { about, basisExample, Fraction, optional } from './version-schemas.ts'

const labelsExample: LabelReport = {
  facet: 'category',
  version: 3,
  basis: basisExample,
  labels: [
    {
      label: 'fraud',
      known: true,
      precision: { count: 5, of: 8, share: 0.625, interval: [0.306, 0.863] },
      recall: { count: 5, of: 9, share: 0.556, interval: [0.267, 0.811] },
      examples: 9,
      waiting: 12,
      confusedWith: { label: 'billing', count: 3 },
      next: {
        action: 'label-waiting',
        sentence: {
          en: '9 examples; 12 more wait in the review queue.',
          fr: '9 exemples\u202f; 12 autres attendent dans la file de relecture.',
        },
      },
    },
  ],
}

export const LabelReportSchema = Type.Unsafe<LabelReport>(
  Type.Object(
    {
      ...about,
      labels: Type.Array(
        Type.Object({
          label: Type.String(),
          known: Type.Boolean({ description: 'Whether the version learned the label' }),
          precision: Share('Right ones among those predicted to have the label'),
          recall: Share('Predicted to have the label, among those that have it'),
          examples: Type.Integer({
            description: 'Threads with the label in force, and starter examples',
          }),
          waiting: Type.Integer({
            description:
              'Unlabelled threads that the active version holds likeliest to have the label but does not assign',
          }),
          confusedWith: optional(
            Type.Object(
              { label: Type.String(), count: Type.Integer() },
              { description: 'The label most often predicted in its place' },
            ),
          ),
          next: Type.Object(
            {
              action: Type.String({
                enum: [...NEXT_ACTIONS],
                description:
                  '`train`: the version does not know the label; `label-waiting`: label threads that wait; `find-examples`: none wait; `clarify`: tell it apart from `confusedWith`',
              }),
              sentence: SentencesSchema,
            },
            { description: 'What would help most' },
          ),
        }),
        { description: 'Those with something to do first, then by recall' },
      ),
    },
    { examples: [labelsExample] },
  ),
)

const confusionExample: ConfusionMatrix = {
  facet: 'category',
  version: 3,
  basis: basisExample,
  labels: ['billing', 'fraud', 'internet'],
  clusters: [['billing', 'fraud'], ['internet']],
  cells: [
    { truth: 'billing', predicted: 'billing', count: 60, threads: 60 },
    { truth: 'fraud', predicted: 'billing', count: 3, threads: 3 },
    { truth: 'fraud', predicted: 'fraud', count: 5, threads: 5 },
    { truth: 'internet', predicted: 'internet', count: 16, threads: 16 },
  ],
  right: shareExample,
  summary: {
    en: '84.4% of 96 held-out predictions are right. The commonest mistake: 3 × “fraud” taken for “billing”.',
    fr: '84,4\u00a0% de 96 prédictions hors apprentissage sont justes. L’erreur la plus fréquente\u00a0: 3 × «\u00a0fraud\u00a0» pris pour «\u00a0billing\u00a0».',
  },
}

export const ConfusionSchema = Type.Unsafe<ConfusionMatrix>(
  Type.Object(
    {
      ...about,
      labels: Type.Array(Type.String(), {
        description: 'In the order to show them: labels that are confused stand together',
      }),
      clusters: Type.Array(Type.Array(Type.String()), {
        description: 'The same labels, cut where neighbours are rarely confused',
      }),
      cells: Type.Array(
        Type.Object({
          truth: Type.String(),
          predicted: Type.String(),
          count: Type.Integer(),
          threads: Type.Integer({ description: 'Those whose threads can be opened' }),
        }),
        { description: 'Cells that are not empty' },
      ),
      right: Share('Right predictions'),
      summary: SentencesSchema,
    },
    { examples: [confusionExample] },
  ),
)

const threadExample: PredictedThread = {
  ...exampleThread,
  truth: 'fraud',
  predicted: 'billing',
  confidence: 0.81,
  assigned: true,
  labelNow: 'fraud',
}
const predictedThread = {
  threadId: Type.String(),
  title: Type.String(),
  excerpt: Type.String({ description: 'Beginning of the question as plain text' }),
  language: Type.String(),
  path: Type.String({ description: 'Path of the whole thread' }),
  truth: Type.String({ description: 'Its label when the version was trained' }),
  predicted: Type.String(),
  confidence: Fraction('Of the predicted label'),
  assigned: Type.Boolean({
    description: 'Whether it was assigned, under the budgets in force at the training',
  }),
  labelNow: optional(Type.String({ description: 'Its label in force; absent if it has none' })),
}

export const PredictedThreadPage = Type.Unsafe<Page<PredictedThread>>(
  pageOf(Type.Object(predictedThread, { examples: [threadExample] })),
)

const comparedExample: ComparedThread = { ...threadExample, otherPredicted: 'fraud', otherConfidence: 0.62 }

export const ComparedThreadPage = Type.Unsafe<Page<ComparedThread>>(
  pageOf(
    Type.Object(
      {
        ...predictedThread,
        otherPredicted: Type.String({ description: 'By the other version' }),
        otherConfidence: Type.Number(),
      },
      { examples: [comparedExample] },
    ),
  ),
)

const comparisonExample: PredictionComparison = {
  facet: 'category',
  version: 3,
  other: 2,
  sameFit: false,
  threads: 96,
  gained: 9,
  lost: 4,
  p: 0.27,
  bothRight: 72,
  bothWrong: 11,
  predictedDifferently: 15,
  accuracy: shareExample,
  otherAccuracy: { count: 76, of: 96, share: 0.792, interval: [0.7, 0.861] },
  labels: [
    {
      label: 'fraud',
      threads: 9,
      gained: 2,
      lost: 0,
      p: 0.5,
      recall: { count: 5, of: 9, share: 0.556, interval: [0.267, 0.811] },
      otherRecall: { count: 3, of: 9, share: 0.333, interval: [0.121, 0.646] },
      precision: { count: 5, of: 8, share: 0.625, interval: [0.306, 0.863] },
      otherPrecision: { count: 3, of: 6, share: 0.5, interval: [0.188, 0.812] },
    },
  ],
  sentence: {
    en: 'Activated: 84.4% of 96 threads correct in held-out predictions (cross-validation).',
    fr: 'Activée\u00a0: 84,4\u00a0% de 96 discussions bien classées hors apprentissage (validation croisée).',
  },
  summary: {
    en: 'Of 96 threads that both predicted held out, version 3 has 9 right that version 2 has wrong, and 4 the other way round: no more than chance explains.',
    fr: 'Sur 96 discussions que les deux ont prédites hors apprentissage, la version 3 en classe bien 9 que la version 2 classe mal, et 4 dans l’autre sens\u00a0: le hasard peut l’expliquer.',
  },
}
const paired = {
  threads: Type.Integer({ description: 'Examples, starter examples included' }),
  gained: Type.Integer({ description: 'Right by the version, wrong by the other' }),
  lost: Type.Integer({ description: 'Right by the other, wrong by the version' }),
  p: Type.Number({ description: 'p-value of no difference (exact McNemar test, two-sided)' }),
}

export const ComparisonSchema = Type.Unsafe<PredictionComparison>(
  Type.Object(
    {
      facet: Type.String(),
      version: Type.Integer(),
      other: Type.Integer(),
      sameFit: Type.Boolean({
        description:
          'Whether both rest on the same held-out predictions, one having been fitted further: then nothing can differ',
      }),
      ...paired,
      bothRight: Type.Integer(),
      bothWrong: Type.Integer(),
      predictedDifferently: Type.Integer(),
      accuracy: Share('Right by the version'),
      otherAccuracy: Share('Right by the other'),
      labels: Type.Array(
        Type.Object({
          label: Type.String(),
          ...paired,
          recall: Share('Of the version'),
          otherRecall: Share('Of the other'),
          precision: Share('Of the version'),
          otherPrecision: Share('Of the other'),
        }),
        { description: 'Those that differ most first' },
      ),
      sentence: optional(
        Type.Object(SentencesSchema.properties, { description: 'What the gate said of the version' }),
      ),
      otherSentence: optional(
        Type.Object(SentencesSchema.properties, { description: 'What the gate said of the other' }),
      ),
      summary: SentencesSchema,
    },
    { examples: [comparisonExample] },
  ),
)
