import { type TSchema, Type } from 'typebox'
import type { Page } from '../../platform/page.ts'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { exampleThread, SentencesSchema, Share, shareExample } from '../schema-parts.ts'
import type { BudgetPrices } from './budget-prices.ts'
import {
  CHANGES,
  type Change,
  type ComparedThread,
  type PredictionComparison,
} from './compare-predictions.ts'
import type { ConfusionMatrix } from './confusion-matrix.ts'
import type { LabelReport } from './label-figures.ts'
import { NEXT_ACTIONS } from './next-step.ts'
import type { PredictedThread } from './predicted-threads.ts'
import type { Basis } from './read-version.ts'
import type { ReliabilityDiagram } from './reliability-diagram.ts'
import type { RiskCoverage } from './risk-coverage.ts'

const VersionNumber = (description: string) => Type.Integer({ minimum: 1, maximum: 999_999_999, description })
const LabelName = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))
const Fraction = (description: string) => Type.Number({ description })
const optional = (schema: TSchema) => Type.Optional(schema)

export const VersionParams = Type.Object({
  facet: Type.String(),
  version: VersionNumber('Number of the version'),
})
export const ComparisonParams = Type.Object({
  ...VersionParams.properties,
  other: VersionNumber('Number of the version to compare with'),
})
export const CellQuery = Type.Object({
  ...PageQuery.properties,
  truth: LabelName('Row of the matrix: the label that the threads had; all rows by default'),
  predicted: LabelName('Column of the matrix: the label predicted; all columns by default'),
  from: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'Lowest confidence' })),
  to: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, description: 'Confidence, exclusive; no bound by default' }),
  ),
  wrong: Type.Optional(Type.Boolean({ default: false, description: 'Only wrong predictions' })),
})
export const ChangeQuery = Type.Object({
  ...PageQuery.properties,
  change: Type.Optional(
    Type.Unsafe<Change>(
      Type.String({
        enum: [...CHANGES],
        default: 'different',
        description: '`gained`: right by the version, wrong by the other; `lost`: the other way round',
      }),
    ),
  ),
})
export const BinsQuery = Type.Object({
  bins: Type.Optional(
    Type.Integer({ minimum: 5, maximum: 20, default: 10, description: 'Bins of equal width' }),
  ),
})
export const PricesQuery = Type.Object({
  budget: Type.Optional(
    Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
      minItems: 1,
      maxItems: 60,
      description: 'Risk budgets of the facet; by default a scale from 0.005 to 0.3',
    }),
  ),
  source: Type.Optional(
    Type.String({ maxLength: 200, description: 'Source whose posts are counted; all by default' }),
  ),
})

const basisExample: Basis = { version: 3, predictions: 231, starterExamples: 0 }
const BasisSchema = Type.Object(
  {
    version: Type.Integer({
      description: 'Whose held-out predictions: an ancestor’s if the version was fitted further',
    }),
    predictions: Type.Integer({ description: 'Held-out predictions that the caller may see' }),
    starterExamples: Type.Integer({ description: 'Those of starter examples, which are no threads' }),
  },
  { description: 'What the figures rest on' },
)
const about = { facet: Type.String(), version: Type.Integer(), basis: BasisSchema }

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

const reliabilityExample: ReliabilityDiagram = {
  facet: 'category',
  version: 3,
  basis: basisExample,
  bins: [
    {
      from: 0.8,
      to: 0.9,
      n: 96,
      meanConfidence: 0.853,
      right: shareExample,
    },
  ],
  calibrationError: 0.041,
  meanConfidence: 0.81,
  right: shareExample,
  summary: {
    en: 'The model is 81.0% confident on average and right in 84.4% of 96 held-out predictions; where it states a confidence, it is off by 4.1 points on average.',
    fr: 'Le modèle est confiant à 81,0\u00a0% en moyenne, et 84,4\u00a0% de 96 prédictions hors apprentissage sont justes\u202f; sa confiance s’écarte de la réalité de 4,1\u00a0points en moyenne.',
  },
}

export const ReliabilitySchema = Type.Unsafe<ReliabilityDiagram>(
  Type.Object(
    {
      ...about,
      bins: Type.Array(
        Type.Object({
          from: Type.Number(),
          to: Type.Number(),
          n: Type.Integer(),
          meanConfidence: optional(Type.Number({ description: 'Absent if the bin is empty' })),
          right: Share('Right ones in the bin'),
        }),
        { description: 'By confidence, of equal width, empty ones too' },
      ),
      calibrationError: optional(
        Type.Number({ description: 'Expected calibration error, over 15 bins of equal mass' }),
      ),
      meanConfidence: optional(Type.Number()),
      right: Share('Right predictions'),
      summary: SentencesSchema,
    },
    { examples: [reliabilityExample] },
  ),
)

const riskExample: RiskCoverage = {
  facet: 'category',
  version: 3,
  cases: 2950,
  failureProbability: 0.005,
  inCost: false,
  inForce: { budget: 0.05, coverage: 0.82, assigned: 2419, wrong: 96, error: 0.0397, upperBound: 0.051 },
  points: [
    { threshold: 0.98, coverage: 0.1, assigned: 295, wrong: 2, error: 0.0068, upperBound: 0.031 },
    { threshold: 0.62, coverage: 0.82, assigned: 2419, wrong: 96, error: 0.0397, upperBound: 0.051 },
  ],
  areaUnderCurve: 0.021,
}
const assigned = {
  coverage: Fraction('Share of held-out predictions that are assigned a label'),
  assigned: Type.Integer(),
  wrong: Type.Integer(),
}
const ErrorShare = Fraction('Share of wrong labels among assigned ones')
const UpperBound = Fraction('Exact upper bound of that share at the failure probability')

export const RiskCoverageSchema = Type.Unsafe<RiskCoverage>(
  Type.Object(
    {
      facet: Type.String(),
      version: Type.Integer(),
      cases: Type.Integer({ description: 'Held-out predictions that budgets are kept by' }),
      failureProbability: Type.Number(),
      inCost: Type.Boolean({
        description: 'Whether budgets bound the mean cost; errors here are wrong labels all the same',
      }),
      inForce: Type.Object(
        {
          budget: Type.Number(),
          ...assigned,
          error: optional(ErrorShare),
          upperBound: optional(UpperBound),
        },
        { description: 'Under the budgets in force, those of labels too' },
      ),
      points: Type.Array(
        Type.Object({
          threshold: Type.Number(),
          ...assigned,
          error: ErrorShare,
          upperBound: UpperBound,
        }),
        { description: 'One threshold for all labels, by rising coverage' },
      ),
      areaUnderCurve: Type.Number(),
    },
    { examples: [riskExample] },
  ),
)

const nowExample: BudgetPrices['now'] = {
  version: 3,
  budget: 0.05,
  coverage: 0.81,
  error: 0.039,
  upperBound: 0.05,
  assignedPerDay: 49.5,
  wrongPerDay: 1.93,
  toPeoplePerDay: 11.6,
}
const pricesExample: BudgetPrices = {
  facet: 'category',
  version: 3,
  failureProbability: 0.005,
  inCost: false,
  volume: {
    posts: 1834,
    days: 30,
    perDay: 61.1,
    since: '2025-12-16T09:30:00.000Z',
    until: '2026-01-15T09:30:00.000Z',
  },
  now: nowExample,
  budgets: [
    {
      budget: 0.02,
      coverage: 0.61,
      error: 0.012,
      upperBound: 0.02,
      assignedPerDay: 37.3,
      wrongPerDay: 0.45,
      toPeoplePerDay: 23.8,
      difference: { coverage: -0.2, assignedPerDay: -12.2, wrongPerDay: -1.48, toPeoplePerDay: 12.2 },
      sentence: {
        en: 'With at most 2% wrong among assigned labels, 61.0% of posts are assigned a label; about 24 posts a day go to people, 12 more than now.',
        fr: 'Avec au plus 2\u00a0% d’erreurs parmi les étiquettes attribuées, 61,0\u00a0% des messages reçoivent une étiquette\u202f; environ 24 messages par jour reviennent à l’équipe, 12 de plus que maintenant.',
      },
    },
  ],
}
const perDay = {
  coverage: Fraction('Share of posts assigned a label'),
  assignedPerDay: Type.Number(),
  wrongPerDay: Type.Number({ description: 'Wrong labels to expect among these' }),
  toPeoplePerDay: Type.Number({ description: 'Posts that are not assigned a label' }),
}
const outcome = {
  budget: Type.Number({ description: 'Risk budget of the facet; those of labels stay as they are' }),
  error: optional(ErrorShare),
  upperBound: optional(UpperBound),
  ...perDay,
}

export const PricesSchema = Type.Unsafe<BudgetPrices>(
  Type.Object(
    {
      facet: Type.String(),
      version: Type.Integer(),
      failureProbability: Type.Number({
        description: 'Upper bound of the probability that a budget is exceeded',
      }),
      inCost: Type.Boolean({ description: 'Whether budgets bound the mean cost' }),
      volume: Type.Object(
        {
          posts: Type.Integer(),
          days: Type.Integer(),
          perDay: Type.Number(),
          since: Type.String(),
          until: Type.String(),
          source: optional(Type.String()),
        },
        {
          description:
            'Threads asked in the last 30 days, or, if none were, in the 30 days before the latest one',
        },
      ),
      now: Type.Object(
        { version: optional(Type.Integer({ description: 'Absent if none is active' })), ...outcome },
        { description: 'The active version under the budgets in force' },
      ),
      budgets: Type.Array(
        Type.Object({
          ...outcome,
          difference: Type.Object(perDay, { description: 'This minus `now`' }),
          sentence: SentencesSchema,
        }),
      ),
    },
    { examples: [pricesExample] },
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
