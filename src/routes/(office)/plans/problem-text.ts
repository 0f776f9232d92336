// What is wrong with a field or with a plan, in the reader's language, with the way out.
import { m } from '$lib/i18n/paraglide/messages';
import type { PlanProblem } from '$lib/schema/draw';

/** A message of the schema, `code` or `code:limit`. */
export function fieldError(code: string): string {
	const [name = '', limit = ''] = code.split(':');
	switch (name) {
		case 'number':
			return m.draw_error_number();
		case 'whole':
			return m.draw_error_whole();
		case 'least':
			return m.draw_error_least({ limit });
		case 'most':
			return m.draw_error_most({ limit });
		case 'most_characters':
			return m.draw_error_most_characters({ limit });
		case 'positive':
			return m.draw_error_positive();
		case 'places':
			return m.draw_error_places();
		case 'empty':
			return m.draw_error_empty();
		case 'text':
			return m.draw_error_text();
		case 'area':
			return m.draw_error_area();
		case 'area_empty':
			return m.draw_error_area_empty();
		case 'unknown':
			return m.draw_error_township({ code: limit });
		case 'not_digit':
			return m.draw_trial_error_not_digit();
		case 'length':
			return m.draw_trial_error_length({ count: limit });
		default:
			return m.draw_error_choice();
	}
}

/** The first error of a field of superforms. */
export const firstError = (errors: string[] | undefined) => errors?.[0] && fieldError(errors[0]);

export function problemText(problem: PlanProblem, townshipName: (code: string) => string): string {
	switch (problem.reason) {
		case 'empty':
			return m.draw_problem_empty();
		case 'sample_too_large':
			return m.draw_problem_sample_too_large(problem);
		case 'sample_too_small':
			return m.draw_problem_sample_too_small();
		case 'minimum_too_large':
			return m.draw_problem_minimum_too_large(problem);
		case 'too_many_taken':
			return m.draw_problem_too_many_taken(problem);
		case 'zero_chance':
			return m.draw_problem_zero_chance({ id: problem.id, township: townshipName(problem.township) });
	}
	if ('row' in problem) return m.draw_problem_row(problem);
	return m.draw_problem_plan(problem);
}

/** The field of the plan form that the way out begins with. */
export function problemField(
	problem: PlanProblem
): 'sampleSize' | 'minPerTownship' | 'area' | 'weight' | null {
	switch (problem.reason) {
		case 'empty':
			return 'area';
		case 'sample_too_large':
		case 'sample_too_small':
		case 'too_many_taken':
			return 'sampleSize';
		case 'minimum_too_large':
			return 'minPerTownship';
		case 'zero_chance':
			return 'weight';
		default:
			return null;
	}
}
