export { revocationRoutes } from './revocations/routes.ts'
export { labelRoutes } from './routes.ts'
