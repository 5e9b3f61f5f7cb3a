package org.jurcu.task.replay;

import java.util.List;

/**
 * One SIGCHLD that a kernel sent, or did not send because it is ignored.
 *
 * @param child whose end it tells
 * @param parent the group that is told; null for init, if that does nothing in the recording
 * @param sent whether it was sent
 */
record Told(Lifetime child, Actor.TaskGroup parent, boolean sent) {
    /** Whether both tell the same, in any order. */
    static boolean same(List<Told> a, List<Told> b) {
        return a.size() == b.size() && a.containsAll(b) && b.containsAll(a);
    }

    @Override
    public String toString() {
        return child.pid + (sent ? " to " : " not to ") + (parent == null ? "init" : "" + parent.leader.pid);
    }
}
