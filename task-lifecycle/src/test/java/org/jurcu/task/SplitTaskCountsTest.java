package org.jurcu.task;

/** The same counts, step by step, with the word taken apart. */
class SplitTaskCountsTest extends TaskCountsTest {
    @Override
    TaskLayout layout() {
        return TaskLayout.SPLIT;
    }
}
