package org.pombal.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.routing.Destination;

class DestinationFieldsTest {

    private static final String NOT_DOWN = "|proxy_host_immediate_failure_after=0";

    @Test
    void customaryPortsFollowTheProtocolAndTls() throws Exception {
        assertThat(fields(BackendTls.NO, MailProtocol.IMAP))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1|port=143" + NOT_DOWN);
        assertThat(fields(BackendTls.STARTTLS, MailProtocol.POP3))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1|port=110|starttls=yes" + NOT_DOWN);
        assertThat(fields(BackendTls.SSL, MailProtocol.SUBMISSION))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1|port=465|ssl=yes" + NOT_DOWN);
        assertThat(fields(BackendTls.ANY_CERT, MailProtocol.LMTP))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1|port=24|starttls=any-cert");
    }

    @Test
    void manageSieveHasOnlyStartTls() throws Exception {
        assertThat(fields(BackendTls.SSL, MailProtocol.SIEVE))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1|port=4190|starttls=yes" + NOT_DOWN);
    }

    @Test
    void portsMayBeSet() throws Exception {
        DestinationFields fields = new DestinationFields(BackendTls.NO, Map.of(MailProtocol.IMAP, 1143));

        assertThat(append(fields, request(MailProtocol.IMAP, Request.Dialect.V2_3), reply(false, false)))
                .endsWith("|port=1143" + NOT_DOWN);
    }

    @Test
    void whatThePassdbSaysStands() throws Exception {
        DestinationFields fields = new DestinationFields(BackendTls.SSL, Map.of());

        assertThat(append(fields, request(MailProtocol.IMAP, Request.Dialect.V2_3), reply(true, true)))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1" + NOT_DOWN);
    }

    @Test
    void a24ProxyIsToldToAskAgainWhenItIsReferredElsewhere() throws Exception {
        DestinationFields fields = new DestinationFields(BackendTls.NO, Map.of());

        assertThat(append(fields, request(MailProtocol.IMAP, Request.Dialect.V2_4), reply(false, false)))
                .endsWith("|proxy_redirect_reauth|forward_pombal=referrals");
    }

    @Test
    void anUnknownProtocolLeavesThePortToDovecot() throws Exception {
        Request request = new Request(
                Request.Kind.AUTH,
                1,
                Optional.empty(),
                Request.Dialect.V2_3,
                "",
                Optional.empty(),
                PreviousHop.UNKNOWN,
                Optional.empty(),
                false);

        assertThat(append(new DestinationFields(BackendTls.STARTTLS, Map.of()), request, reply(false, false)))
                .isEqualTo("OK|host=b1.test|hostip=127.0.0.1");
    }

    private static String fields(BackendTls tls, MailProtocol protocol) throws Exception {
        return append(
                new DestinationFields(tls, Map.of()), request(protocol, Request.Dialect.V2_3), reply(false, false));
    }

    private static String append(DestinationFields fields, Request request, ServerLine.Succeeded reply)
            throws Exception {
        LineBuilder line = new LineBuilder("OK");
        fields.append(
                line,
                request,
                reply,
                new Destination("b1.test", InetAddress.getByName("127.0.0.1")),
                ProxyJudge.hop(request));
        return new String(line.build(), StandardCharsets.US_ASCII).strip().replace('\t', '|');
    }

    private static Request request(MailProtocol protocol, Request.Dialect dialect) {
        return new Request(
                Request.Kind.AUTH,
                1,
                Optional.of(protocol),
                dialect,
                "",
                Optional.empty(),
                PreviousHop.UNKNOWN,
                Optional.empty(),
                false);
    }

    private static ServerLine.Succeeded reply(boolean hasPort, boolean hasTls) {
        return new ServerLine.Succeeded(
                1, Optional.of("a"), Optional.empty(), true, false, hasPort, hasTls, false, Optional.empty());
    }
}
