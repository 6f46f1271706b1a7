package org.pombal.dovecot.auth;

/**
 * Which login a mail process asks about: that of request {@code requestId} on the connection of login process
 * {@code loginPid}.
 *
 * @param loginPid process id that the login process gave ({@code CPID})
 * @param requestId id of its {@code AUTH} request, unsigned 32 bit
 */
public record LoginReference(long loginPid, long requestId) {}
