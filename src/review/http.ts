export { conflictRoutes } from './conflicts/conflict-routes.ts'
export { reviewRoutes } from './routes.ts'
