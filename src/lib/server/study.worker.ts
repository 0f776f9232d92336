// A share of a study, off the main thread. Progress is posted when it has grown by a percent or so.
import { studyFrontier, studyRange, type StudyTask } from './study-task';
import { serve } from './worker-side';

serve((task: StudyTask, progress) => {
	const step = Math.max(1, Math.round((task.to - task.from) / 100));
	const onDraw = (done: number) => {
		if (done % step === 0) progress(step);
	};
	return task.ratios.length > 0 ? studyFrontier(task, onDraw) : studyRange(task, onDraw);
});
