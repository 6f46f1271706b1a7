package org.pombal.commands;

/**
 * What the cluster commands add to the answers of doveadm's HTTP API.
 *
 * <p>A request is {@code [["clusterBackendAdd", {"host": "b3.example.org"}, "tag"]]}. Its answer is
 * {@code [["doveadmResponse", [ROW, ...], "tag"]]} or {@code [["error", {"type": TYPE, "exitCode": N}, "tag"]]}, as
 * doveadm's. Beyond that:
 *
 * <ul>
 *   <li>An error has a member {@link #MESSAGE}: one sentence for the operator. After a failure half-way it says what was
 *       done and what was not.
 *   <li>A ROW has the command's columns as members, in their order; those of {@link Column#number()} are JSON numbers, all
 *       others strings; what is not known is null.
 *   <li>A long command may send rows while it runs. Among them may be notes, which are no result: {@code {"progress":
 *       "12 of 40 groups moved, about 20 s left"}} of a command that waits, and {@code {"error": "...", "exitCode": 67}} for
 *       something that failed while the command goes on with the rest (one user of many). Who only wants results leaves
 *       out the rows with these members. A command that runs for long sends a note every ten seconds or more often, so that
 *       its caller can tell it from one that hangs.
 * </ul>
 */
public final class Answer {

    /** The only member of a row that tells how far a waiting command is. */
    public static final String PROGRESS = "progress";

    /** In a row: what failed, in a sentence, while the command went on. */
    public static final String ERROR = "error";

    /** Beside {@link #ERROR} in a row, and in doveadm's error: one of {@link ExitCodes}. */
    public static final String EXIT_CODE = "exitCode";

    /** In doveadm's error: what was tried, with which value, and what to do. */
    public static final String MESSAGE = "message";

    private Answer() {}
}
