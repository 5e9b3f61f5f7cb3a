package org.jurcu.task.trace;

/** Whether a task that exits is the last thread of its group: {@code group_dead} of {@code sched_process_exit}. */
public enum GroupDead {
    /** The last one. */
    YES,
    /** Others are left. */
    NO,
    /** The recording's kernel is too old to say. */
    UNKNOWN
}
