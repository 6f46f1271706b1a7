package org.pombal.dovecot.auth;

import java.util.Arrays;

/** The name of a field that Pombal looks at; compared with bytes in place, so that lines are searched without decoding. */
enum FieldName {
    CLUSTER_TAG("cluster_tag"),
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
    USER("user"),
    /** Every name that is not in this list. */
    OTHER("");

    private static final FieldName[][] BY_FIRST_LETTER = byFirstLetter();

    private final String ascii;

    FieldName(String ascii) {
        this.ascii = ascii;
    }

    /** Which of them the field at {@code [from, to)} has, with a value after {@code =} or without. */
    static FieldName at(byte[] data, int from, int to) {
        if (from < to && data[from] >= 'a' && data[from] <= 'z') {
            for (FieldName candidate : BY_FIRST_LETTER[data[from] - 'a']) {
                if (candidate.isAt(data, from, to)) {
                    return candidate;
                }
            }
        }
        return OTHER;
    }

    private boolean isAt(byte[] data, int from, int to) {
        int nameEnd = from + ascii.length();
        if (nameEnd > to || (nameEnd < to && data[nameEnd] != '=')) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (data[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static FieldName[][] byFirstLetter() {
        FieldName[][] byLetter = new FieldName['z' - 'a' + 1][];
        for (char letter = 'a'; letter <= 'z'; letter++) {
            String first = String.valueOf(letter);
            byLetter[letter - 'a'] = Arrays.stream(values())
                    .filter(name -> name.ascii.startsWith(first))
                    .toArray(FieldName[]::new);
        }
        return byLetter;
    }
}
