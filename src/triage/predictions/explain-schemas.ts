import { Type } from 'typebox'
import { MeasuredSchema } from '../measurements/measurement-schemas.ts'
import { ClassifyBody } from './classify-schemas.ts'
import type { ExplainedPost } from './explain-prediction.ts'

const { title, body, source } = ClassifyBody.properties

export const ExplainBody = Type.Object(
  {
    title,
    body,
    source,
    facet: Type.String({ maxLength: 100 }),
    label: Type.Optional(
      Type.String({ maxLength: 200, description: 'Label to explain; that of the decision by default' }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        title: 'Charged twice',
        body: 'How do I get the second payment back?',
        facet: 'category',
        label: 'billing',
      },
    ],
  },
)

export const ThreadParams = Type.Object({ id: Type.String() })
export const ThreadExplanationQuery = Type.Object({
  facet: Type.Optional(Type.String({ maxLength: 100, default: 'category' })),
  label: ExplainBody.properties.label,
})

const Span = Type.Object({
  start: Type.Integer({ description: 'UTF-16 offset in `text`' }),
  end: Type.Integer({ description: 'UTF-16 offset in `text` (exclusive)' }),
  text: Type.String(),
  contribution: Type.Number({
    description: 'Contribution to the logit; negative against the label',
  }),
})

const Similar = Type.Object({
  threadId: Type.Optional(Type.String({ description: 'Absent for a starter example of the facet' })),
  label: Type.String(),
  text: Type.String({ description: 'Beginning of the text' }),
  score: Type.Number({
    description: 'Cosine similarity of the two texts in the features of the model, from 0 to 1',
  }),
})

const CostedLabel = Type.Object({
  label: Type.String(),
  probability: Type.Number(),
  expectedCost: Type.Number({
    description: 'Expected cost of giving this label, in units of an ordinary mistake',
  }),
})

const charged = { start: 0, end: 7, text: 'Charged', contribution: 2.1 }
const second = { start: 31, end: 37, text: 'second', contribution: -0.3 }

export const ExplainedPostSchema = Type.Unsafe<ExplainedPost>(
  Type.Object(
    {
      facet: Type.String(),
      label: Type.String(),
      modelVersion: Type.Integer({ description: 'Number of the model version' }),
      provisional: Type.Optional(
        Type.Object(
          {
            label: Type.String(),
            confidence: Type.Number(),
            estimatedError: Type.Number({ description: 'As in the prediction' }),
            sentence: Type.Object({ en: Type.String(), fr: Type.String() }),
          },
          { description: 'The likeliest label, if rules may use it provisionally' },
        ),
      ),
      costs: Type.Optional(
        Type.Object(
          {
            likeliest: CostedLabel,
            given: CostedLabel,
            sentence: Type.Object({ en: Type.String(), fr: Type.String() }),
          },
          { description: 'Present if the stated costs of mistakes changed which label the post is given' },
        ),
      ),
      measured: Type.Optional(MeasuredSchema),
      text: Type.String({ description: 'Text that the model read: title and body as plain text' }),
      logit: Type.Number({
        description:
          'Logit before the temperature; the probability is `exp(logit / temperature)` divided by the sum over all labels',
      }),
      temperature: Type.Number({
        description: 'Temperature for this post; depends on how much of it the model knows',
      }),
      probability: Type.Number({ description: 'Calibrated probability that `label` is right' }),
      constant: Type.Number({
        description: 'Part of the logit that does not come from words; the contributions add up to the rest',
      }),
      spans: Type.Array(Span, { description: 'Words with a contribution, by position, without overlaps' }),
      for: Type.Array(Span, { description: 'The strongest words for the label, strongest first' }),
      against: Type.Array(Span, { description: 'The strongest words against the label, strongest first' }),
      similar: Type.Array(Similar, {
        description:
          'Labelled posts in the training set, most similar first, limited to those that you may see',
      }),
      similarPending: Type.Boolean({
        description:
          'True while labelled posts are still being loaded: repeat the request for the most similar ones',
      }),
    },
    {
      examples: [
        {
          facet: 'category',
          label: 'billing',
          modelVersion: 3,
          text: 'Charged twice\nHow do I get the second payment back?',
          logit: 1.9,
          temperature: 0.8,
          probability: 0.93,
          constant: 0.1,
          spans: [charged, second],
          for: [charged],
          against: [second],
          similar: [
            { threadId: 'thr_0001', label: 'billing', text: 'Paid twice\nMy card was charged', score: 0.62 },
          ],
          similarPending: false,
        },
      ],
    },
  ),
)
