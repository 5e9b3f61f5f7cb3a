package org.jurcu.task;

/** The same on the layout of Linux 5.4 to 6.3, as {@link PathTable} reads it. */
class UnionLifePathsTest extends LifePathsTest {
    @Override
    TaskLayout layout() {
        return TaskLayout.UNION;
    }
}
