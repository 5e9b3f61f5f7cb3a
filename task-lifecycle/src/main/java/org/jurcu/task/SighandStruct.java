package org.jurcu.task;

/** {@code sighand_struct}: the signal handlers, of which only SIGCHLD's matters here. Guarded by tasklist_lock. */
final class SighandStruct {
    SigchldAction sigchld;

    SighandStruct(SigchldAction sigchld) {
        this.sigchld = sigchld;
    }
}
