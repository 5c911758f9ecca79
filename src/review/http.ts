export { conflictRoutes } from './conflict-routes.ts'
export { reviewRoutes } from './routes.ts'
