export { labelRoutes } from './routes.ts'
export { GuidedLabel, guidedLabelExample } from './schemas.ts'
