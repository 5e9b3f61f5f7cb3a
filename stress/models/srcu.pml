/*
 * Counted readers: docs/srcu.md, section 2, with one stripe that all readers share. The machine is sequentially consistent:
 * what is shown is the protocol, with stragglers and with sections that one thread after the other begins and ends. The orders
 * M to Q are CounterModelTest's.
 *
 * Readers have sections; the updater unlinks one object after another, and waits for a period each time.
 *
 * The claim: what a reader found in a section is not destroyed before the section ends.
 *
 * twin NO_FIRST_SCAN: S7 is left out, so that a straggler of the period before is passed over
 * twin NO_SECOND_SCAN: S9 is left out
 * twin SCANS_ONE_INDEX_TWICE: S8 comes ahead of S7, and both scan the index that was not current before
 * twin LOCKS_FIRST: Q, the locks are read before the unlocks
 * twin NEVER_FLIPS: S8 is left out, and S9 scans what S7 did
 * twin ENDS_ON_THE_CURRENT_INDEX: S5 counts on the index of its time, and not on the section's
 */
#ifndef READERS
#define READERS 2
#endif
#ifndef SECTIONS
#define SECTIONS 3
#endif
#ifndef PERIODS
#define PERIODS 2
#endif

byte gate;
byte locks[2];
byte unlocks[2];
byte current;           /* the object that is linked */
bool destroyed[3];

#define INDEX(g) ((g >> 1) & 1)

proctype Reader() {
    byte n, g, o;
    do
    :: n < SECTIONS ->
        g = gate;                                                       /* S1 */
        locks[INDEX(g)]++;                                              /* S2; S3 */
        o = current;                                                    /* S4 */
        assert(!destroyed[o]);
#ifdef ENDS_ON_THE_CURRENT_INDEX
        atomic { o = 0; unlocks[INDEX(gate)]++ };
#else
        atomic { o = 0; unlocks[INDEX(g)]++ };                          /* S5 */
#endif
        g = 0;
        n++
    :: else -> break
    od
}

inline scan(i) {
    do
    :: true ->
#ifdef LOCKS_FIRST
        l = locks[i];
        u = unlocks[i];
#else
        u = unlocks[i];
        l = locks[i];                                                   /* Q */
#endif
        if
        :: l == u -> break
        :: else
        fi
    od;
    u = 0; l = 0
}

proctype Updater() {
    byte k, u, l, old;
    do
    :: k < PERIODS ->
        old = current;
        current = old + 1;                                              /* U1 */
        gate++;                                                         /* S6, N */
#ifdef SCANS_ONE_INDEX_TWICE
        gate++;
        scan(1 - INDEX(gate));
        scan(1 - INDEX(gate));
#else
#ifndef NO_FIRST_SCAN
        scan(1 - INDEX(gate));                                          /* S7 */
#endif
#ifdef NEVER_FLIPS
        gate--;
        scan(1 - INDEX(gate));
#else
        gate++;                                                         /* S8 */
#ifndef NO_SECOND_SCAN
        scan(1 - INDEX(gate));                                          /* S9 */
#endif
#endif
#endif
        destroyed[old] = true;                                          /* U10 */
        old = 0;
        k++
    :: else -> break
    od
}

init {
    byte i;
    atomic {
        run Updater();
        i = 0;
        do
        :: i < READERS -> run Reader(); i++
        :: else -> break
        od;
        i = 0
    }
}
