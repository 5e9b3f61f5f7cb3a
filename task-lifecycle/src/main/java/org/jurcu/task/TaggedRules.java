package org.jurcu.task;

/** {@link TaskLayout#TAGGED}: Linux 6.19 with another word. */
final class TaggedRules extends LayoutRules {
    private TaggedRules(Kernel kernel) {
        super(kernel);
    }

    static LayoutRules create(Kernel kernel) {
        return new TaggedRules(kernel);
    }

    @Override
    RcuUsers newRcuUsers(int index) {
        return new RcuUsersSlot(index);
    }
}
