/**
 * Dovecot's auth protocols as a relay between login, lmtp and doveadm processes and the auth process sees them.
 *
 * <p>Two protocols share one line format. The <em>auth client</em> protocol runs on the login socket ({@code AUTH},
 * {@code CONT}, {@code CANCEL}; {@code OK}, {@code CONT}, {@code FAIL}), the <em>auth master</em> protocol on the userdb
 * socket ({@code PASS}, {@code USER}, {@code LIST}; the same words, {@code NOTFOUND} and {@code FAIL} in reply):
 *
 * <pre>
 * line    = command *( TAB field ) LF
 * field   = name [ "=" value ] | value        ; what comes before the named fields depends on the command
 * escaped = %x01 ( "0" / "1" / "t" / "r" / "n" )   ; NUL, 0x01, TAB, CR, LF inside a field
 * id      = 1*10DIGIT                          ; unsigned 32 bit, chosen by the client, never reused while open
 * </pre>
 *
 * <p>Source: Dovecot developer documentation, "Authentication Protocol"; {@code src/auth/auth-request-handler.c},
 * {@code src/lib-auth-client/auth-master.c}, {@code src/lib/strescape.c} of 2.3.19.1 and 2.4.1.
 */
@NullMarked
package org.pombal.dovecot.auth;

import org.jspecify.annotations.NullMarked;
