package org.pombal.dovecot.auth;

/**
 * Replies that a relay gives by itself. None carries a reason: LMTP and doveadm would show it to whoever connected.
 */
public final class Replies {

    private Replies() {}

    /**
     * Try again later. Logins answer {@code NO [UNAVAILABLE]} and the like, LMTP answers 451.
     *
     * @param user whom the request is about; may be empty
     */
    public static byte[] temporaryFailure(Request request, String user) {
        LineBuilder line = new LineBuilder("FAIL").number(request.id());
        if (!user.isEmpty()) {
            line.field("user", user);
        }
        return line.field("code", "temp_fail").build();
    }

    /** There is no such user: logins answer as to a wrong password, LMTP answers 550. */
    public static byte[] noSuchUser(Request request) {
        String command = request.kind() == Request.Kind.AUTH ? "FAIL" : "NOTFOUND";
        return new LineBuilder(command).number(request.id()).build();
    }
}
