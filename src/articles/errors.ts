import { defineErrors } from '../platform/errors.ts'

export const articleErrors = defineErrors({
  ARTICLE_NOT_FOUND: [404, 'There is no article {id}'],
  ARTICLE_CONFLICT: [
    412,
    'Article {id} was changed after you read it and is now at revision {revision}. Read it again, then repeat your change.',
  ],
  ARTICLE_DRAFT_CONFLICT: [
    412,
    '{by} changed the draft of article {id} at {at}, after you read it. Your text is not stored. Compare it with `current`, then save again with the version of `current`.',
  ],
  ARTICLE_DRAFT_MISSING: [409, 'Article {id} has no draft'],
  ARTICLE_DRAFT_FORBIDDEN: [
    403,
    'The draft of article {id} may quote posts that your audience may not see. Edit the article itself.',
  ],
  ARTICLE_ARCHIVED: [409, 'Article {id} is archived. Publish it again before you edit it.'],
  ARTICLE_INCOMPLETE: [409, 'Article {id} cannot be published because it lacks: {missing}'],
  ARTICLE_AUDIENCE_WIDER: [
    409,
    'Article {id} cites posts that only the audience {permitted} may see. To publish it to {audience} anyway, check the text and send confirmWiderAudience.',
  ],
  ARTICLE_PERSONAL_DATA: [
    409,
    'Article {id} may contain personal data ({kinds}). To publish it to {audience} anyway, check the text and send confirmPersonalData.',
  ],
  ARTICLE_FORBIDDEN: [409, 'Thread {id} has already become an article, which your audience may not see'],
  ARTICLE_FLAGS_FORBIDDEN: [
    403,
    'Your role may not list flagged articles. Use a key with the role knowledge-manager.',
  ],
})
