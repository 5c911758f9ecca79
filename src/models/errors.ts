import { defineErrors } from '../platform/errors.ts'

export const modelErrors = defineErrors({
  MODEL_VERSION_NOT_FOUND: [404, 'Facet "{facet}" has no model version {version}'],
  LABEL_BUDGET_INCOMPLETE: [400, '`label` and `labelBudget` must be sent together'],
  NO_ACTIVE_MODEL: [409, 'Facet "{facet}" has no active model version yet. Train one first.'],
  TOO_FEW_LABELS: [422, 'Facet "{facet}" cannot be trained yet: {reason}'],
  TOO_FEW_LABELS_IN_FILE: [
    422,
    '{file} has texts with only {labels} different labels. A classifier needs at least two.',
  ],
  COLUMNS_MISSING_IN_FILE: [
    422,
    'The first line of {file} has no column "{column}". Name the columns with the text and its label `text` and `label`. Columns found: {columns}',
  ],
  NO_TEXTS_IN_FILE: [422, '{file} has no labelled text'],
  NO_OUT_OF_SCOPE_TEXTS: [
    422,
    '{file} has no text with the label `oos`, which is needed to set the out-of-scope threshold',
  ],
  TOO_FEW_TEXTS_FOR_FOLDS: [
    422,
    '{file} has {texts} distinct texts, too few for {folds} folds: a fold would leave only one label to learn. Use fewer folds or add texts.',
  ],
  TOO_FEW_TEXTS_TO_REPLAY: [422, '{file} has {texts} labelled texts, too few to start with {start}'],
  TRAINING_IN_PROGRESS: [
    409,
    'Facet "{facet}" is already being trained. Try again when the training has finished.',
  ],
  TRAINING_NOT_DUE: [
    409,
    'Facet "{facet}" is not due for training: {annotations} new annotations since the last training, {needed} needed',
  ],
  TRAINING_TAKEN_OVER: [409, 'Another process took over the training of facet "{facet}"'],
  ACTIVE_VERSION_CHANGED: [
    409,
    'Another model version of facet "{facet}" was activated during the training. Train again.',
  ],
  ARTEFACT_CORRUPT: [500, 'The stored artefact {hash} is damaged: {reason}'],
})
