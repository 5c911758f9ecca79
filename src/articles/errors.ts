import { defineErrors } from '../platform/errors.ts'

export const articleErrors = defineErrors({
  ARTICLE_NOT_FOUND: [404, 'There is no article {id}'],
  ARTICLE_REVISION_NOT_FOUND: [404, 'Article {id} has no revision {number}'],
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
    'Article {id} may contain personal data ({kinds}). Before {audience} may see it, redact each finding, or waive it with a reason. An edit can wait in the draft.',
  ],
  ARTICLE_FINDING_MISSING: [
    409,
    'Article {id} does not hold the personal data {finding} any more. Read its personal data again.',
  ],
  ARTICLE_NEEDS_CANDIDATE: [
    403,
    'You read articles, but are not trained to write them. Ask an administrator to make you a candidate in knowledge work.',
  ],
  ARTICLE_NEEDS_CONTRIBUTOR: [
    403,
    'A candidate in knowledge work writes internal drafts of their own. For this and article {id} you must be a contributor, publisher or coach: ask one, or an administrator.',
  ],
  ARTICLE_NEEDS_PUBLISHER: [
    403,
    'Who outside sees article {id}, and what of it, is decided by publishers and coaches in knowledge work: ask one, or an administrator.',
  ],
  ARTICLE_APPROVAL_NEEDED: [
    409,
    'Articles of the category {category} need an approval. Ask its owner, a publisher or a coach to approve revision {revision} of article {id}.',
  ],
  ARTICLE_APPROVAL_NOT_NEEDED: [409, 'Article {id} is in no category that needs an approval'],
  ARTICLE_APPROVAL_OWN: [403, 'You wrote the text of article {id}. Somebody else has to approve it.'],
  ARTICLE_APPROVAL_FORBIDDEN: [
    403,
    'Article {id} is approved by the owner of its category, or by a publisher or coach in knowledge work',
  ],
  ARTICLE_OWNER_UNKNOWN: [
    400,
    'Nobody with the account {id} can own a category. Choose somebody who is at least a candidate in knowledge work.',
  ],
  ARTICLE_FORBIDDEN: [409, 'Thread {id} has already become an article, which your audience may not see'],
  ARTICLE_THREADS_PROMOTED: [
    409,
    'Not all of these threads have become the same article: thread {id} has already become article {articleId}. Edit that article, or leave the thread out.',
  ],
  PASSAGE_NOT_FOUND: [404, 'Article {id} has no passage {passage}. Read its passages again.'],
  PASSAGE_WITHOUT_TEXT: [
    409,
    'Passage {passage} stands for its whole section, so no text can be replaced. Edit the section, or keep it with a reason.',
  ],
  ARTICLE_REPORT_NOT_FOUND: [404, 'There is no report {id}'],
  ARTICLE_REPORT_CLOSED: [409, 'Report {id} was closed already. Read it again.'],
  ARTICLE_USE_NOT_FOUND: [404, 'You counted no use {use} of article {id}'],
  ARTICLE_USES_FORBIDDEN: [
    403,
    'Your role may not order articles by their uses. Use a key with the role knowledge-manager.',
  ],
  ARTICLE_FLAGS_FORBIDDEN: [
    403,
    'Your role may not list flagged articles. Use a key with the role knowledge-manager.',
  ],
  EXPORT_AUDIENCE_FORBIDDEN: [403, 'You may export what {reader} sees or less, and not what {audience} sees'],
})
