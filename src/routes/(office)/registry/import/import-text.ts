import { m } from '$lib/i18n/paraglide/messages';

const phases: Record<string, () => string> = {
	uploading: m.registry_phase_uploading,
	reading: m.registry_phase_reading,
	staging: m.registry_phase_staging,
	checking: m.registry_phase_checking,
	placing: m.registry_phase_placing,
	writing: m.registry_phase_writing
};
export const phaseText = (phase: string) => phases[phase]?.() ?? phase;
