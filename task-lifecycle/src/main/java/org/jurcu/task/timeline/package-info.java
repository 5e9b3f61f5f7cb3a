/**
 * Draws a recording and its replay: one page of HTML with every CPU and every task over time.
 *
 * <p>{@link org.jurcu.task.timeline.Timeline} is the entry. {@code RecordedTasks} takes from the events what the kernel did,
 * {@code ModelTimes} from the counts' history what the model did, and {@code TimelineData} writes both behind the page's
 * script, which is {@code timeline.js}.
 */
package org.jurcu.task.timeline;
