package org.pombal.dovecot.auth;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
            return new ClientLine.Asks(request(Request.Kind.AUTH, id, Optional.empty(), fields.is("PLAIN")));
        }
        if (fields.is("PASS")) {
            return lookup(Request.Kind.PASS);
        }
        if (fields.is("USER")) {
            return lookup(Request.Kind.USER);
        }
        if (fields.is("LIST")) {
            return new ClientLine.Asks(request(Request.Kind.LIST, fields.nextId(), Optional.empty(), false));
        }
        if (fields.is("REQUEST")) {
            long id = fields.nextId();
            LoginReference login = new LoginReference(fields.nextId(), fields.nextId());
            return new ClientLine.Asks(request(Request.Kind.MASTER, id, Optional.of(login), false));
        }
        if (fields.is("CANCEL")) {
            return new ClientLine.Cancels(fields.nextId());
        }
        if (fields.is("CONT")) {
            return new ClientLine.Continues(fields.nextId());
        }
        if (fields.is("CPID")) {
            return new ClientLine.Introduces(fields.nextId());
        }
        return CLIENT_OTHER;
    }

    private ClientLine lookup(Request.Kind kind) throws MalformedLineException {
        long id = fields.nextId();
        if (!fields.next()) {
            throw new MalformedLineException(kind + " names no user");
        }
        return new ClientLine.Asks(request(kind, id, Optional.empty(), false));
    }

    private Request request(Request.Kind kind, long id, Optional<LoginReference> login, boolean plain)
            throws MalformedLineException {
        Optional<MailProtocol> protocol = Optional.empty();
        Request.Dialect dialect = Request.Dialect.V2_3;
        String session = "";
        String destuser = "";
        String attempts = "";
        PreviousHop hop = PreviousHop.UNKNOWN;
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
                case FORWARD_FIELDS -> hop = name().map(PreviousHop::parse).orElse(PreviousHop.UNKNOWN);
                default -> {}
            }
        }
        Optional<Redirect> redirect = next == null
                ? Optional.empty()
                : Optional.of(new Redirect(
                        destuser, next, attempts.isEmpty() ? List.of() : List.of(attempts.split(",", -1))));
        return new Request(kind, id, protocol, dialect, session, redirect, hop, login, plain);
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
        if (fields.is("FAIL") || fields.is("NOTFOUND")) {
            return new ServerLine.Ended(fields.nextId());
        }
        if (fields.is("USER")) {
            return found(fields.nextId());
        }
        if (fields.is("LIST")) {
            return new ServerLine.Listed(fields.nextId(), fields.next() ? text() : Optional.empty());
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
        boolean nologin = false;
        Optional<String> tag = Optional.empty();
        while (fields.next()) {
            switch (fields.name()) {
                case CLUSTER_TAG -> tag = name().filter(text -> !text.isEmpty());
                case USER -> user = name();
                case DESTUSER -> destuser = name();
                case PROXY -> proxy = true;
                case HOST -> hasHost = true;
                case PORT -> hasPort = true;
                case SSL, STARTTLS -> hasTls = true;
                case NOLOGIN -> nologin = true;
                default -> {}
            }
        }
        return new ServerLine.Succeeded(id, user, destuser, proxy, hasHost, hasPort, hasTls, nologin, tag);
    }

    private ServerLine found(long id) {
        Optional<String> user = fields.next() ? text() : Optional.empty();
        OptionalLong uid = OptionalLong.empty();
        while (fields.next()) {
            if (fields.name() == FieldName.UID) {
                uid = uid();
            }
        }
        return new ServerLine.Found(id, user, uid);
    }

    private OptionalLong uid() {
        try {
            return OptionalLong.of(Long.parseLong(fields.value()));
        } catch (MalformedLineException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The line at {@code [from, to)} without its field {@code session_pid}, which names the process that asks: auth
     * compares it with who is connected, and that is the relay.
     */
    public byte[] withoutSessionPid(byte[] data, int from, int to) {
        return copy(data, from, to, FieldName.SESSION_PID);
    }

    /** The value of {@code resp=} in an {@code AUTH} line, in base64; empty if there is none. A secret. */
    public byte[] initialResponse(byte[] data, int from, int to) {
        fields.reset(data, from, to);
        while (fields.next()) {
            if (fields.name() == FieldName.RESP) {
                return fields.rawValue();
            }
        }
        return new byte[0];
    }

    /** What follows the id in a {@code CONT} line, in base64. A secret. */
    public byte[] continuation(byte[] data, int from, int to) {
        fields.reset(data, from, to);
        int field = 0;
        while (field < 3 && fields.next()) {
            field++;
        }
        return field == 3 ? fields.raw() : new byte[0];
    }

    private byte[] copy(byte[] data, int from, int to, FieldName without) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(to - from + 1);
        fields.reset(data, from, to);
        boolean first = true;
        while (fields.next()) {
            if (fields.name() != without) {
                if (!first) {
                    copy.write('\t');
                }
                first = false;
                copy.writeBytes(fields.raw());
            }
        }
        copy.write('\n');
        return copy.toByteArray();
    }

    private Optional<String> text() {
        try {
            return Optional.of(fields.text());
        } catch (MalformedLineException e) {
            return Optional.empty();
        }
    }

    private Optional<String> name() {
        try {
            return Optional.of(fields.value());
        } catch (MalformedLineException e) {
            return Optional.empty();
        }
    }
}
