import type { ReviewDeps } from './deps.ts'

/** Closes the misroutes that an agent's annotation answered; one that was revoked answers nothing. */
export async function settleMisroutes(
  { annotations, misroutes }: Pick<ReviewDeps, 'annotations' | 'misroutes'>,
  annotationId: string,
): Promise<void> {
  const annotation = await annotations.require(annotationId)
  if (annotation.revoked === undefined) await misroutes.settle(annotation.threadId, annotation.createdAt)
}
