// What about a draw takes time in proportion to the frame: the preview of a plan, the seal of a frame, and the draw.
import {
	drawCommitted,
	drawTrial,
	sealFrozen,
	type DrawTask,
	type SealTask,
	type TrialTask
} from './draw-task';
import { previewFrozen, type PreviewTask } from './preview-task';
import { serve } from './worker-side';

serve((task: DrawTask | SealTask | TrialTask | PreviewTask, progress) => {
	if (task.work === 'preview') return previewFrozen(task);
	if (task.work === 'seal') return sealFrozen(task, progress);
	return task.work === 'draw' ? drawCommitted(task, progress) : drawTrial(task, progress);
});
