export { budgetRoutes } from './budget-routes.ts'
export { modelRoutes } from './routes.ts'
