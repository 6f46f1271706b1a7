package org.pombal.chaos.load;

/**
 * How often something comes, in a second; 0 for never.
 *
 * @param moves of groups and users while something may be broken
 * @param plannedMoves while nothing is
 */
public record Rates(
        double imap, double pop3, double lmtp, double stray, double doveadm, double moves, double plannedMoves) {}
