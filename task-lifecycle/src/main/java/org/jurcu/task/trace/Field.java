package org.jurcu.task.trace;

/**
 * A field of an event.
 *
 * @param name for messages
 * @param key what precedes its value, such as {@code " pid="}
 */
record Field(String name, Text key) {
    static final Field COMM = of("comm");
    static final Field PID = of("pid");
    static final Field PRIO = of("prio");
    static final Field GROUP_DEAD = of("group_dead");
    static final Field CLONE_FLAGS = of("clone_flags");
    static final Field OOM_SCORE_ADJ = of("oom_score_adj");
    static final Field CHILD_COMM = of("child_comm");
    static final Field CHILD_PID = of("child_pid");
    static final Field FILENAME = of("filename");
    static final Field OLD_PID = of("old_pid");
    static final Field PREV_COMM = of("prev_comm");
    static final Field PREV_PID = of("prev_pid");
    static final Field PREV_PRIO = of("prev_prio");
    static final Field PREV_STATE = of("prev_state");
    static final Field NEXT_COMM = of("next_comm", " ==> next_comm=");
    static final Field NEXT_PID = of("next_pid");
    static final Field NEXT_PRIO = of("next_prio");
    static final Field SIG = of("sig");
    static final Field ERRNO = of("errno");
    static final Field CODE = of("code");
    static final Field GRP = of("grp");
    static final Field RES = of("res");

    private static Field of(String name) {
        return of(name, " " + name + "=");
    }

    private static Field of(String name, String key) {
        return new Field(name, Text.of(key));
    }

    /** Returns the key as a message shows it, such as {@code pid=}. */
    String label() {
        return key.text().strip();
    }
}
