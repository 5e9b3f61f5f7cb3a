package org.jurcu.task;

/** What a process asked to happen on SIGCHLD, as far as it decides the fate of its children. */
public enum SigchldAction {
    /** The default or a handler: the child stays a zombie until it is waited for. */
    DEFAULT,
    /** {@code SIG_IGN}: no signal, and the child reaps itself. */
    IGNORE,
    /** {@code SA_NOCLDWAIT}: the signal is sent, and the child reaps itself. */
    NO_CLD_WAIT
}
