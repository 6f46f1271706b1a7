package org.pombal.operations;

/**
 * What came of creating a site's groups.
 *
 * @param groups how many the site has now
 * @param created how many were created
 * @param removed how many were taken out before
 * @param usersUnassigned how many users lost their group
 */
public record GroupCounts(String siteName, int groups, int created, int removed, long usersUnassigned) {}
