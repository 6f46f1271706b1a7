package org.pombal.dovecot.auth;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Understands lines of both protocols as far as a relay must. Strict about ids, tolerant of everything it does not need:
 * unknown commands and fields are for the other side. Reusable; not for several threads.
 */
public final class LineParser {

    /** The longest line Dovecot's own peers accept ({@code AUTH_CLIENT_MAX_LINE_LENGTH}), newline included. */
    public static final int MAX_LINE_BYTES = 16_384;

    private static final ClientLine CLIENT_OTHER = new ClientLine.Other();
    private static final ServerLine SERVER_OTHER = new ServerLine.Other();

    private final LineFields fields = new LineFields();
    private String lastProtocolName = "";
    private Optional<MailProtocol> lastProtocol = Optional.empty();

    /** Reads the line at {@code [from, to)}, without its newline, that a client sent. */
    public ClientLine clientLine(byte[] data, int from, int to) throws MalformedLineException {
        fields.reset(data, from, to);
        fields.next();
        if (fields.is("AUTH")) {
            long id = fields.nextId();
            if (!fields.next()) {
                throw new MalformedLineException("AUTH names no mechanism");
            }
            return new ClientLine.Asks(request(Request.Kind.AUTH, id));
        }
        if (fields.is("PASS")) {
            return lookup(Request.Kind.PASS);
        }
        if (fields.is("USER")) {
            return lookup(Request.Kind.USER);
        }
        if (fields.is("LIST")) {
            return new ClientLine.Asks(request(Request.Kind.LIST, fields.nextId()));
        }
        if (fields.is("CANCEL")) {
            return new ClientLine.Cancels(fields.nextId());
        }
        return CLIENT_OTHER;
    }

    private ClientLine lookup(Request.Kind kind) throws MalformedLineException {
        long id = fields.nextId();
        if (!fields.next()) {
            throw new MalformedLineException(kind + " names no user");
        }
        return new ClientLine.Asks(request(kind, id));
    }

    private Request request(Request.Kind kind, long id) throws MalformedLineException {
        Optional<MailProtocol> protocol = Optional.empty();
        Request.Dialect dialect = Request.Dialect.V2_3;
        String session = "";
        String destuser = "";
        String attempts = "";
        @Nullable String next = null;
        while (fields.next()) {
            switch (fields.name()) {
                case PROTOCOL -> {
                    protocol = protocol();
                    dialect = Request.Dialect.V2_4;
                }
                case SERVICE -> protocol = protocol();
                case SESSION -> session = fields.value();
                case DESTUSER -> destuser = fields.value();
                case PROXY_REDIRECT_HOST_NEXT -> next = fields.value();
                case PROXY_REDIRECT_HOST_ATTEMPTS -> attempts = fields.value();
                default -> {}
            }
        }
        Optional<Redirect> redirect = next == null
                ? Optional.empty()
                : Optional.of(new Redirect(
                        destuser, next, attempts.isEmpty() ? List.of() : List.of(attempts.split(",", -1))));
        return new Request(kind, id, protocol, dialect, session, redirect);
    }

    /** The same for all lines of most connections, since a process of Dovecot speaks one protocol. */
    private Optional<MailProtocol> protocol() throws MalformedLineException {
        if (!fields.hasValue(lastProtocolName)) {
            lastProtocolName = fields.value();
            lastProtocol = MailProtocol.ofWireName(lastProtocolName);
        }
        return lastProtocol;
    }

    /** Reads the line at {@code [from, to)}, without its newline, that auth sent. */
    public ServerLine serverLine(byte[] data, int from, int to) throws MalformedLineException {
        fields.reset(data, from, to);
        fields.next();
        if (fields.is("OK") || fields.is("PASS")) {
            return succeeded(fields.nextId());
        }
        if (fields.is("FAIL") || fields.is("NOTFOUND") || fields.is("USER")) {
            return new ServerLine.Ended(fields.nextId());
        }
        if (fields.is("DONE") && fields.next()) {
            // DONE without an id ends the handshake of the login socket; with one, a LIST.
            return new ServerLine.Ended(fields.id());
        }
        return SERVER_OTHER;
    }

    private ServerLine succeeded(long id) {
        Optional<String> user = Optional.empty();
        Optional<String> destuser = Optional.empty();
        boolean proxy = false;
        boolean hasHost = false;
        boolean hasPort = false;
        boolean hasTls = false;
        while (fields.next()) {
            switch (fields.name()) {
                case USER -> user = name();
                case DESTUSER -> destuser = name();
                case PROXY -> proxy = true;
                case HOST -> hasHost = true;
                case PORT -> hasPort = true;
                case SSL, STARTTLS -> hasTls = true;
                default -> {}
            }
        }
        return new ServerLine.Succeeded(id, user, destuser, proxy, hasHost, hasPort, hasTls);
    }

    private Optional<String> name() {
        try {
            return Optional.of(fields.value());
        } catch (MalformedLineException e) {
            return Optional.empty();
        }
    }
}
