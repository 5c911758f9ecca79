export { revocationRoutes } from './revocations/routes.ts'
export { labelRoutes } from './routes.ts'
export { Annotation, GuidedLabel, guidedLabelExample } from './schemas.ts'
