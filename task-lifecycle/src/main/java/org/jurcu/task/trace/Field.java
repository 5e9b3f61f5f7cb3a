package org.jurcu.task.trace;

/** A field of an event: the name for messages and the bytes that precede its value, such as {@code " pid="}. */
final class Field {
    static final Field COMM = new Field("comm");
    static final Field PID = new Field("pid");
    static final Field PRIO = new Field("prio");
    static final Field GROUP_DEAD = new Field("group_dead");
    static final Field CLONE_FLAGS = new Field("clone_flags");
    static final Field OOM_SCORE_ADJ = new Field("oom_score_adj");
    static final Field CHILD_COMM = new Field("child_comm");
    static final Field CHILD_PID = new Field("child_pid");
    static final Field FILENAME = new Field("filename");
    static final Field OLD_PID = new Field("old_pid");
    static final Field PREV_COMM = new Field("prev_comm");
    static final Field PREV_PID = new Field("prev_pid");
    static final Field PREV_PRIO = new Field("prev_prio");
    static final Field PREV_STATE = new Field("prev_state");
    static final Field NEXT_COMM = new Field("next_comm", " ==> next_comm=");
    static final Field NEXT_PID = new Field("next_pid");
    static final Field NEXT_PRIO = new Field("next_prio");
    static final Field SIG = new Field("sig");
    static final Field ERRNO = new Field("errno");
    static final Field CODE = new Field("code");
    static final Field GRP = new Field("grp");
    static final Field RES = new Field("res");

    final String name;
    final byte[] key;
    private final String label;

    /** Returns the key as a message shows it, such as {@code pid=}. */
    String label() {
        return label;
    }

    private Field(String name) {
        this(name, " " + name + "=");
    }

    private Field(String name, String key) {
        this.name = name;
        this.key = Ascii.bytes(key);
        label = key.strip();
    }
}
