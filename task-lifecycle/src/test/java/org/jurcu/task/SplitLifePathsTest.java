package org.jurcu.task;

/** The same on the layout of today's kernel. */
class SplitLifePathsTest extends LifePathsTest {
    @Override
    TaskLayout layout() {
        return TaskLayout.SPLIT;
    }
}
