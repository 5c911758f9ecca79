import { commandLine } from '../access/actor.ts'
import type { App } from '../app.ts'
import { USUAL_SETTINGS } from '../help-centre/settings/settings.ts'

/** What the demo's categories are called to customers. */
const TOPICS: Readonly<Record<string, { readonly en: string; readonly fr: string }>> = {
  'account-access': { en: 'Account access', fr: 'Accès au compte' },
  billing: { en: 'Bills', fr: 'Factures' },
  contract: { en: 'Contract', fr: 'Contrat' },
  fraud: { en: 'Fraud', fr: 'Fraudes' },
  'internet-connection': { en: 'Internet connection', fr: 'Connexion internet' },
  'mobile-network': { en: 'Mobile network', fr: 'Réseau mobile' },
  'moving-house': { en: 'Moving house', fr: 'Déménagement' },
  'number-porting': { en: 'Keeping your number', fr: 'Garder son numéro' },
  roaming: { en: 'Abroad', fr: 'À l’étranger' },
  'sim-esim': { en: 'SIM and eSIM', fr: 'SIM et eSIM' },
  tv: { en: 'Television', fr: 'Télévision' },
  wifi: { en: 'Wi-Fi', fr: 'Wi-Fi' },
}

/** Gives the demo's help centre a name and topics, once: somebody may have changed them since. */
export async function nameHelpCentre({ helpCentre }: App): Promise<void> {
  const { version } = await helpCentre.settings.find()
  if (version > 0) return
  const topics = Object.entries(TOPICS).map(([category, name]) => ({ category, name }))
  const settings = { ...USUAL_SETTINGS, name: { en: 'Brumélis Help', fr: 'Aide Brumélis' }, topics }
  await helpCentre.changeSettings({ settings, version, actor: commandLine })
}
