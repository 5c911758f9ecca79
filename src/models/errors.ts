import { defineErrors } from '../platform/errors.ts'

export const modelErrors = defineErrors({
  MODEL_VERSION_NOT_FOUND: [404, 'Facet "{facet}" has no model version {version}'],
  LABEL_BUDGET_INCOMPLETE: [400, '`label` and `labelBudget` are told together'],
  NO_ACTIVE_MODEL: [409, 'Facet "{facet}" has no model in force yet'],
  TOO_FEW_LABELS: [422, 'Facet "{facet}" cannot be trained yet: {reason}'],
  TOO_FEW_LABELS_IN_FILE: [422, '{file} has texts of {labels} labels; a classifier learns from at least two'],
  COLUMNS_MISSING_IN_FILE: [
    422,
    '{file} has no column "{column}" in its first line; name the columns that hold the text and its label `text` and `label`: {columns}',
  ],
  NO_TEXTS_IN_FILE: [422, '{file} has no text with a label'],
  NO_OUT_OF_SCOPE_TEXTS: [422, '{file} has no text of label `oos` to tell what is out of scope by'],
  TOO_FEW_TEXTS_FOR_FOLDS: [
    422,
    '{file} has {texts} distinct texts: too few for {folds} folds, or some fold would leave one label to learn',
  ],
  TOO_FEW_TEXTS_TO_REPLAY: [422, '{file} has {texts} labelled texts: too few to begin with {start}'],
  TRAINING_UNDER_WAY: [409, 'Facet "{facet}" is being trained'],
  TRAINING_NOT_DUE: [
    409,
    'Facet "{facet}" has had {verdicts} verdicts since its last training, not {needed}',
  ],
  TRAINING_TAKEN_OVER: [409, 'The training of facet "{facet}" was taken over by another process'],
  ACTIVE_VERSION_CHANGED: [409, 'Another version of "{facet}" was activated meanwhile; train again'],
  ARTEFACT_CORRUPT: [500, 'The stored artefact {hash} is not what was stored: {reason}'],
})
