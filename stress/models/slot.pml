/*
 * The word of docs/slot.md, sections 1 to 3, with eight bits in place of 32 in either half: TAGGED. The machine is sequentially
 * consistent; the word is one variable, and its order against others is SlotOrderTest's.
 *
 * Putters that own a user each drop it, and one of them drops one too many; getters take a user if there is one, and drop it
 * again; the reclaimer takes the head through its functions, frees the memory, and a new task lives there. The put too many
 * comes when the count is used up and before the memory serves again: at other times no counter could tell.
 *
 * The claims: one put in a life is the final one; no increment succeeds behind it; the head names what it named; it is invoked
 * once; each put too many is reported.
 *
 * twin NO_TAG_CHECK: I2 looks at the low half only
 * twin INCREMENT_WITHOUT_COMPARING: I3 adds, whatever is there by now
 * twin PUT_NOT_ATOMIC: P1 loads and stores
 * twin NO_SATURATION_ON_TRANSITION: P3 stores a low half of 0
 * twin NO_REPAIR: P4 only reports
 * twin NO_SIGN_CHECK: P2 takes any count but 1 for a live one
 * twin HEAD_ONLY_OVER_ZERO: P3 is a compare-and-set from 0
 * twin REPAIRS_ANYTHING: R1 does not look at the sign
 */
#ifndef GETTERS
#define GETTERS 3
#endif
#ifndef PUTTERS
#define PUTTERS 3
#endif

/* the upper half */
#define COUNT 0
#define BORROWED 255
#define HEAD_DELAYED 129
#define HEAD_NOT_QUEUED 132
#define HEAD_CB 130
#define HEAD_FREED 131

/* the low half, as an int: the upper half of its values is negative */
#define SATURATED 192
#define NEGATIVE(l) (l > 127)

byte upper, low;

byte finals;        /* puts of this life that were told to be the last */
bool queued;        /* the head */
byte invoked;
byte toomany;       /* puts too many that have been made */
byte reports;
byte straggling;    /* puts too many between P1 and the end of their repair */
bool reused;        /* the memory serves the next task */

/* as a signed number of sixteen bits */
#define POSITIVE(u, l) (u == COUNT && l != 0)

inline subtract(u, l) {
    /* P1 */
#ifdef PUT_NOT_ATOMIC
    atomic { u = upper; l = low };
    atomic {
        upper = (l == 0 -> (u + 255) % 256 : u);
        low = (l + 255) % 256
    }
#else
    atomic {
        u = upper; l = low;
        upper = (l == 0 -> (u + 255) % 256 : u);
        low = (l + 255) % 256
    }
#endif
}

inline settle(u, l) {
#ifdef NO_SIGN_CHECK
#define LIVE(a, b) !(a == COUNT && b == 1)
#else
#define LIVE(a, b) (a == COUNT && b >= 2 && b <= 127)
#endif
    if
    :: LIVE(u, l)                                                       /* P2 */
    :: else ->
        if
        :: u == COUNT && l == 1 ->                                      /* P3 */
            atomic {
                finals++;
                assert(finals == 1)
            };
            atomic {
#ifdef HEAD_ONLY_OVER_ZERO
                if
                :: upper == COUNT && low == 0 -> upper = HEAD_DELAYED; low = SATURATED
                :: else
                fi;
#else
                upper = HEAD_DELAYED;
#ifdef NO_SATURATION_ON_TRANSITION
                low = 0;
#else
                low = SATURATED;
#endif
#endif
                queued = true
            }
        :: else ->                                                      /* P4 */
#ifndef NO_REPAIR
            do
            :: atomic {
#ifdef REPAIRS_ANYTHING
                true;
#else
                NEGATIVE(low);
#endif
                u = upper; l = low }                                    /* R1 */
                if
                :: atomic { upper == u && low == l -> low = SATURATED } break /* R2 */
                :: atomic { upper != u || low != l }
                fi
#ifndef REPAIRS_ANYTHING
            :: atomic { !NEGATIVE(low) } break
#endif
            od;
#endif
            reports++
        fi
    fi;
    u = 0; l = 0
}

byte putters, getters;

proctype Putter(bool twice) {
    byte u, l;
    subtract(u, l);
    settle(u, l);
    if
    :: twice ->
        if
        :: atomic { finals == 1 && !reused -> toomany++; straggling++; subtract(u, l) };
            settle(u, l);
            straggling--
        :: reused
        fi
    :: else
    fi;
    putters++
}

proctype Getter() {
    byte u, l;
    bool got, dead;
    atomic { u = upper; l = low };                                      /* I1 */
    do
#ifdef NO_TAG_CHECK
    :: l == 0 -> break
#else
    :: !POSITIVE(u, l) -> break                                         /* I2 */
#endif
    :: else ->
#ifdef INCREMENT_WITHOUT_COMPARING
        atomic {
            dead = (finals > 0);
            upper = (low == 255 -> (upper + 1) % 256 : upper);
            low = (low + 1) % 256;
            got = true
        };
        break
#else
        atomic {                                                        /* I3 */
            if
            :: upper == u && low == l ->
                dead = (finals > 0);
                low = (low >= 127 -> SATURATED : low + 1);
                got = true
            :: else -> u = upper; l = low
            fi
        };
        if
        :: got -> break
        :: else
        fi
#endif
    od;
    u = 0; l = 0;
    if
    :: got ->
        got = false;
        assert(!dead);
        subtract(u, l);
        settle(u, l)
    :: else
    fi;
    getters++
}

inline function(from, to) {
    atomic {
        assert(upper == from && (straggling > 0 || low == SATURATED));
        upper = to
    }
}

proctype Reclaimer() {
    queued;
    queued = false;
    function(HEAD_DELAYED, HEAD_NOT_QUEUED);
    invoked++;
    assert(invoked == 1);
    function(HEAD_NOT_QUEUED, HEAD_CB);
    function(HEAD_CB, HEAD_FREED);
    /* getters are in sections, so none is left; who puts too much is in none */
    getters == GETTERS;
    atomic { reused = true; upper = COUNT; low = 2 };                   /* init */
    putters == PUTTERS;
    assert(reports == toomany);
    assert(upper == COUNT && low == 2)
}

init {
    byte i;
    atomic {
        upper = COUNT; low = PUTTERS;
        i = 0;
        do
        :: i < PUTTERS -> run Putter(i == 0); i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < GETTERS -> run Getter(); i++
        :: else -> break
        od;
        run Reclaimer();
        i = 0
    }
}
