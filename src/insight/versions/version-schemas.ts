import { type TSchema, Type } from 'typebox'
import { PageQuery } from '../../platform/page-schema.ts'
import { CHANGES, type Change } from './compare-predictions.ts'
import type { Basis } from './read-version.ts'

const VersionNumber = (description: string) => Type.Integer({ minimum: 1, maximum: 999_999_999, description })
const LabelName = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))
export const Fraction = (description: string) => Type.Number({ description })
export const optional = (schema: TSchema) => Type.Optional(schema)

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

export const basisExample: Basis = { version: 3, predictions: 231, starterExamples: 0 }
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
export const about = { facet: Type.String(), version: Type.Integer(), basis: BasisSchema }
