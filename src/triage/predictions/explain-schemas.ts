import { Type } from 'typebox'
import { ClassifyBody } from './classify-schemas.ts'
import type { ExplainedPost } from './explain-prediction.ts'

const { title, body } = ClassifyBody.properties

export const ExplainBody = Type.Object(
  {
    title,
    body,
    facet: Type.String({ maxLength: 100 }),
    label: Type.Optional(Type.String({ maxLength: 200, description: 'The likeliest unless told' })),
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

const Span = Type.Object({
  start: Type.Integer({ description: 'UTF-16 offset in `text`' }),
  end: Type.Integer({ description: 'UTF-16 offset in `text`, exclusive' }),
  text: Type.String(),
  contribution: Type.Number({
    description: 'Its part in the logit; negative where it spoke against the label',
  }),
})

const Similar = Type.Object({
  threadId: Type.Optional(Type.String({ description: 'Absent for an example that came with the facet' })),
  label: Type.String(),
  text: Type.String({ description: 'How it begins' }),
  score: Type.Number({ description: 'Cosine of the two texts as the model reads them, in [0, 1]' }),
})

const charged = { start: 0, end: 7, text: 'Charged', contribution: 2.1 }
const second = { start: 31, end: 37, text: 'second', contribution: -0.3 }

export const ExplainedPostSchema = Type.Unsafe<ExplainedPost>(
  Type.Object(
    {
      facet: Type.String(),
      label: Type.String(),
      modelVersion: Type.Integer({ description: 'Number of the model version that was asked' }),
      text: Type.String({ description: 'What the model read: title and body as plain text' }),
      logit: Type.Number({
        description:
          'Before the temperature: the probability is `exp(logit / temperature)` divided by the sum over all labels',
      }),
      temperature: Type.Number({
        description: 'Of this post: it follows how much the model has to say of it',
      }),
      probability: Type.Number({ description: 'Calibrated probability that `label` is right' }),
      constant: Type.Number({
        description: 'The part of the logit that no word has; with the contributions it adds up to the logit',
      }),
      spans: Type.Array(Span, { description: 'Words that did anything, by position; they do not overlap' }),
      for: Type.Array(Span, { description: 'The strongest for the label, the strongest first' }),
      against: Type.Array(Span, { description: 'The strongest against it, the strongest first' }),
      similar: Type.Array(Similar, {
        description:
          'Labelled posts that the model learned from, the likest first, as far as you may see them',
      }),
      similarPending: Type.Boolean({
        description: 'True while labelled posts are still being read: ask again for those most like yours',
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
