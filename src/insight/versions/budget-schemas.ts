import { Type } from 'typebox'
import { SentencesSchema, Share, shareExample } from '../schema-parts.ts'
import type { BudgetPrices } from './budget-prices.ts'
import type { ReliabilityDiagram } from './reliability-diagram.ts'
import type { RiskCoverage } from './risk-coverage.ts'
import { about, basisExample, Fraction, optional } from './version-schemas.ts'

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
