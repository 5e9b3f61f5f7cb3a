package org.jurcu.refcount;

/**
 * What a {@code refcount_t} complains about: the kernel's {@code enum refcount_saturation_type}, in its order and with
 * its texts.
 */
public enum RefcountWarning {
    /** An increment that must not revive a zero met a saturated or overflowing counter. */
    ADD_NOT_ZERO_OVF("refcount_t: saturated; leaking memory."),
    /** An increment met a saturated or overflowing counter. */
    ADD_OVF("refcount_t: saturated; leaking memory."),
    /** An increment met a counter of zero: the object is already being freed. */
    ADD_UAF("refcount_t: addition on 0; use-after-free."),
    /** A decrement-and-test took the counter below zero. */
    SUB_UAF("refcount_t: underflow; use-after-free."),
    /** A plain decrement reached zero, so that nobody will free the object. */
    DEC_LEAK("refcount_t: decrement hit 0; leaking memory.");

    private final String text;

    RefcountWarning(String text) {
        this.text = text;
    }

    /** Returns the line that the kernel prints. */
    public String text() {
        return text;
    }
}
