package org.pombal.model.vote;

/** What a voter says about GeoDB. */
public enum Vote {
    UP,
    DOWN,
    /** It may say neither for now. Counts as no answer. */
    NEITHER
}
