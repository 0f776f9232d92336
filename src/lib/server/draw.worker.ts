// The two things about a draw that take time in proportion to the frame: the preview of a plan, and the draw itself.
import { drawFrozen, type DrawTask } from './draw-task';
import { previewFrozen, type PreviewTask } from './preview-task';
import { serve } from './worker-side';

serve((task: DrawTask | PreviewTask, progress) =>
	task.work === 'preview' ? previewFrozen(task) : drawFrozen(task, progress)
);
