/*
 * The grace period of docs/grace-period.md, section 2, on a machine with store buffers (x86's): a store waits in its thread's
 * buffer, in order, until the buffer feels like writing it; a thread reads its own stores ahead of that. A full fence waits for
 * the buffer. Labels are those of the page.
 *
 * Readers register, have sections, each with a nested one inside, and leave. Updaters unlink an object of their own, and wait:
 * one leads, the other follows, or leads next.
 *
 * The claim: what a reader found in a section is not destroyed before the section ends.
 *
 * twin NO_READER_FENCE: A, R2 waits in the buffer while the section reads
 * twin NO_UPDATER_FENCE: C, U1 and U4 wait in the buffer while the leader scans
 * twin PUBLISHED_LATE: R0 comes behind the first load of the section
 * twin JOINS_RUNNING_PERIOD: the cookie is g + 4 also while a period is in progress
 * twin ONE_EPOCH_TOO_LOW: U7 passes over a reader of the epoch before
 * twin PHASE_OF_ONE_BIT: the epoch returns after two periods, and one wait is all
 * twin SKIPS_A_READER: U6 begins with the second bit
 * twin NESTED_LOCK_ANNOUNCES: a nested lock announces the epoch of its time
 * twin NESTED_UNLOCK_ENDS: a nested unlock withdraws the announcement
 * twin WITHDRAWS_EARLY: B, R5 comes before the section's last access
 * twin TWO_LEADERS: leadership is no word
 * twin RESTS_ON_THE_FIRST_LOOK: U7 does not look again
 */
#ifndef READERS
#define READERS 2
#endif
#ifndef UPDATERS
#define UPDATERS 2
#endif
#ifndef SECTIONS
#define SECTIONS 2
#endif
#define THREADS (READERS + UPDATERS)

/* memory */
#define LINKED(u) (u)
#define ANNOUNCED(r) (UPDATERS + r)
#define LISTED(r) (UPDATERS + READERS + r)
#define EPOCH (UPDATERS + 2 * READERS)
#define CELLS (UPDATERS + 2 * READERS + 1)

byte mem[CELLS];
byte seq;
bool leading;
bool destroyed[UPDATERS];

/* a buffer holds at most two stores, the older in front */
typedef Buffer {
    byte used;
    byte cell0, value0, cell1, value1
}
Buffer buf[THREADS];

inline store(t, c, v) {
    atomic {
        buf[t].used < 2;
        if
        :: buf[t].used == 0 -> buf[t].cell0 = c; buf[t].value0 = v
        :: else -> buf[t].cell1 = c; buf[t].value1 = v
        fi;
        buf[t].used++
    }
}

#define LOAD(t, c) ((buf[t].used == 2 && buf[t].cell1 == (c)) -> buf[t].value1 : \
    ((buf[t].used >= 1 && buf[t].cell0 == (c)) -> buf[t].value0 : mem[c]))

#define FENCED(t) (buf[t].used == 0)

inline drain(t) {
    d_step {
        buf[t].used > 0;
        mem[buf[t].cell0] = buf[t].value0;
        buf[t].cell0 = buf[t].cell1;
        buf[t].value0 = buf[t].value1;
        buf[t].cell1 = 0;
        buf[t].value1 = 0;
        buf[t].used--;
        if
        :: buf[t].used == 0 -> buf[t].cell0 = 0; buf[t].value0 = 0
        :: else
        fi
    }
}

/* an atomic update is a fence of its thread; in the twin it is one of memory alone */
#ifdef NO_UPDATER_FENCE
#define UPDATE(t) true
#else
#define UPDATE(t) FENCED(t)
#endif

byte finished;

proctype Drain(byte t) {
end:
    do
    :: drain(t)
    od
}

proctype Reader(byte r) {
    byte e, n, u;
    bool found;
#ifndef PUBLISHED_LATE
    store(r, LISTED(r), 1);                                             /* R0 */
    FENCED(r);
#endif
    do
    :: n < SECTIONS ->
        e = LOAD(r, EPOCH);                                             /* R1 */
        store(r, ANNOUNCED(r), e);                                      /* R2 */
#ifndef NO_READER_FENCE
        FENCED(r);                                                      /* A: R2 is volatile; and R3 */
#endif
        if
        :: u = 0
        :: UPDATERS > 1 -> u = 1
        fi;
        found = (LOAD(r, LINKED(u)) == 1);                              /* R4 */
#ifdef PUBLISHED_LATE
        store(r, LISTED(r), 1);
        FENCED(r);
#endif
        if
        :: found ->
#ifdef NESTED_LOCK_ANNOUNCES
            e = LOAD(r, EPOCH);
            store(r, ANNOUNCED(r), e);
            FENCED(r);
#endif
            assert(!destroyed[u]);
#ifdef NESTED_UNLOCK_ENDS
            store(r, ANNOUNCED(r), 0);
#endif
#ifdef WITHDRAWS_EARLY
            store(r, ANNOUNCED(r), 0);
#endif
            assert(!destroyed[u])
        :: else
        fi;
        store(r, ANNOUNCED(r), 0);                                      /* R5 */
        found = false; e = 0; u = 0;
        n++
    :: else -> break
    od;
    n = 0;
    FENCED(r);
    store(r, LISTED(r), 0);                                             /* R6 */
    FENCED(r)
}

/* 0 < announced < n; what is announced may be old, and then is waited for all the same */
#ifdef PHASE_OF_ONE_BIT
#define HOLDS_OUT(a) (a != 0 && a != n)
#else
#ifdef ONE_EPOCH_TOO_LOW
#define HOLDS_OUT(a) (a != 0 && a < n - 1)
#else
#define HOLDS_OUT(a) (a != 0 && a < n)
#endif
#endif

inline advance() {
#ifdef NO_UPDATER_FENCE
    n = LOAD(me, EPOCH) + 1;
    store(me, EPOCH, n);                                                /* U4 */
#else
    atomic {
        FENCED(me);
#ifdef PHASE_OF_ONE_BIT
        n = 3 - mem[EPOCH];
#else
        n = mem[EPOCH] + 1;
#endif
        mem[EPOCH] = n                                                  /* U4, C */
    }
#endif
}

inline scan() {
#ifdef SKIPS_A_READER
    r = 1;
#else
    r = 0;
#endif
    do
    :: r < READERS ->
        if
        :: LOAD(me, LISTED(r)) == 0                                     /* U6 */
        :: LOAD(me, LISTED(r)) == 1 ->
            a = LOAD(me, ANNOUNCED(r));                                 /* U7 */
#ifndef RESTS_ON_THE_FIRST_LOOK
            do
            :: HOLDS_OUT(a) ->
                a = 0;
                !HOLDS_OUT(LOAD(me, ANNOUNCED(r)));
                a = LOAD(me, ANNOUNCED(r))
            :: else -> break
            od;
#endif
            a = 0
        fi;
        r++
    :: else -> break
    od;
    r = 0
}

proctype Updater(byte u) {
    byte me = READERS + u;
    byte cookie, n, r, a;
    store(me, LINKED(u), 0);                                            /* U1 */
    atomic {
        UPDATE(me);
#ifdef JOINS_RUNNING_PERIOD
        cookie = (seq | 3) + 1
#else
        cookie = (seq + 7) & 252                                        /* U2, D */
#endif
    };
    do
    :: seq >= cookie -> break                                           /* U9, H */
#ifdef TWO_LEADERS
    :: seq < cookie ->
#else
    :: atomic { seq < cookie && !leading && UPDATE(me) -> leading = true };
#endif
        do
        :: seq >= cookie -> break
        :: else ->
            atomic { UPDATE(me); assert((seq & 3) == 0); seq = seq + 1 }; /* U3, F */
            advance();
            scan();
            n = 0;
            atomic { UPDATE(me); seq = seq + 3 }                        /* U8, G */
        od;
        leading = false
    od;
    destroyed[u] = true                                                 /* U10 */
}

init {
    byte i;
    atomic {
        mem[EPOCH] = 1;
        i = 0;
        do
        :: i < UPDATERS -> mem[LINKED(i)] = 1; run Updater(i); i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < READERS -> run Reader(i); i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < THREADS -> run Drain(i); i++
        :: else -> break
        od;
        i = 0
    }
}
