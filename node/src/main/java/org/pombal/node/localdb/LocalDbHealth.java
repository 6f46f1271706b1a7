package org.pombal.node.localdb;

import static java.util.Objects.requireNonNull;

/**
 * How LocalDB does, for metrics and status pages.
 *
 * @param detail what is wrong, for an operator; empty when nothing is
 * @param users how many users are kept
 * @param pendingWrites how many changes wait to be written
 * @param droppedWrites how many users were not kept because too many changes were waiting, since the start
 * @param unanswered how many questions the file could not be asked, since the start
 * @param rebuilds how often the content was given up and the file begun anew, since the start
 */
public record LocalDbHealth(
        State state, String detail, long users, int pendingWrites, long droppedWrites, long unanswered, long rebuilds) {

    public LocalDbHealth {
        requireNonNull(state, "state is null");
        requireNonNull(detail, "detail is null");
    }

    /** Whether it answers and keeps. */
    public enum State {
        /** Answers and keeps. */
        OK,
        /** Answers, but what is new cannot be kept: the disk is full, say. */
        READ_ONLY,
        /** Neither: there is no file that can be used. */
        UNAVAILABLE
    }
}
