package org.jurcu.task;

/** {@link TaskLayout#SPLIT}: Linux 6.19 as it is. */
final class SplitRules extends LayoutRules {
    private SplitRules(Kernel kernel) {
        super(kernel);
    }

    static LayoutRules create(Kernel kernel) {
        return new SplitRules(kernel);
    }

    @Override
    RcuUsers newRcuUsers(int index) {
        return new SplitRcuUsers();
    }
}
