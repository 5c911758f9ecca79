import { defineErrors } from '../platform/errors.ts'

export const articleErrors = defineErrors({
  ARTICLE_NOT_FOUND: [404, 'There is no article {id}'],
  ARTICLE_CONFLICT: [
    412,
    'Article {id} has changed since you read it: it is at revision {revision}. Read it again',
  ],
  ARTICLE_ARCHIVED: [409, 'Article {id} is archived; publish it to bring it back'],
  ARTICLE_INCOMPLETE: [409, 'Article {id} cannot be published without: {missing}'],
  ARTICLE_AUDIENCE_WIDER: [
    409,
    'Article {id} rests on posts that only the {permitted} audience may see. To show it to {audience} all the ' +
      'same, read it through and send confirmWiderAudience',
  ],
  ARTICLE_PERSONAL_DATA: [
    409,
    'Article {id} holds what looks like personal data ({kinds}). To show it to {audience} all the same, read it ' +
      'through and send confirmPersonalData',
  ],
  ARTICLE_HIDDEN: [409, 'Thread {id} has become an article for a closer circle than yours'],
  ARTICLE_FLAGS_HIDDEN: [403, 'Only those who work on articles may list the flagged ones'],
})
