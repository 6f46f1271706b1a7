package org.pombal.dovecot.auth;

/** The name of a field that Pombal looks at; compared with bytes in place, so that lines are searched without decoding. */
enum FieldName {
    DESTUSER("destuser"),
    FORWARD_FIELDS("forward_fields"),
    HOST("host"),
    NOLOGIN("nologin"),
    PORT("port"),
    PROTOCOL("protocol"),
    PROXY("proxy"),
    PROXY_REDIRECT_HOST_ATTEMPTS("proxy_redirect_host_attempts"),
    PROXY_REDIRECT_HOST_NEXT("proxy_redirect_host_next"),
    RESP("resp"),
    SERVICE("service"),
    SESSION("session"),
    SESSION_PID("session_pid"),
    SSL("ssl"),
    STARTTLS("starttls"),
    UID("uid"),
    USER("user");

    private final String ascii;

    FieldName(String ascii) {
        this.ascii = ascii;
    }

    int length() {
        return ascii.length();
    }

    boolean equalsAt(byte[] data, int from) {
        for (int i = 0; i < ascii.length(); i++) {
            if (data[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
