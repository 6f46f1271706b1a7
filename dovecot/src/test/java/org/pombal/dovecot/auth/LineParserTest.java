package org.pombal.dovecot.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.site.SiteId;

/** Lines as real Dovecot 2.3.19.1 and 2.4.1 wrote them, tabs shown as '|'. */
class LineParserTest {

    private final LineParser parser = new LineParser();

    @Test
    void authOf23NamesItsProtocolAsService() throws Exception {
        assertThat(client("AUTH|1|PLAIN|service=imap|secured|session=l5LAVtdgJtx/AAAB|lip=127.0.0.21|resp=AGEAYg=="))
                .isEqualTo(new ClientLine.Asks(new Request(
                        Request.Kind.AUTH,
                        1,
                        Optional.of(MailProtocol.IMAP),
                        Request.Dialect.V2_3,
                        "l5LAVtdgJtx/AAAB",
                        Optional.empty(),
                        PreviousHop.UNKNOWN,
                        Optional.empty(),
                        true)));
    }

    @Test
    void authOf24NamesItsProtocolAsProtocol() throws Exception {
        Request request = asked("AUTH|7|PLAIN|protocol=sieve|final-resp-ok|secured|session=s|resp=AGEAYg==");

        assertThat(request.protocol()).contains(MailProtocol.SIEVE);
        assertThat(request.dialect()).isEqualTo(Request.Dialect.V2_4);
    }

    @Test
    void aSecondLookupAfterAReferralCarriesWhereItWasSentAndWhereItHasBeen() throws Exception {
        Request request = asked("AUTH|2|EXTERNAL|protocol=imap|session=s"
                + "|proxy_redirect_host_next=127.0.0.32:1143"
                + "|proxy_redirect_host_attempts=127.0.0.31:1143,127.0.0.33:1143|destuser=bob|proxy_timeout=30000");

        assertThat(request.redirect())
                .contains(new Redirect("bob", "127.0.0.32:1143", List.of("127.0.0.31:1143", "127.0.0.33:1143")));
    }

    @Test
    void lookupsOfTheUserdbSocketAreRequestsToo() throws Exception {
        assertThat(asked("PASS|3|alice|service=lmtp").kind()).isEqualTo(Request.Kind.PASS);
        assertThat(asked("USER|4|alice|service=doveadm").kind()).isEqualTo(Request.Kind.USER);
        assertThat(asked("LIST|5|user=*").kind()).isEqualTo(Request.Kind.LIST);
    }

    @Test
    void aUserNamedLikeAFieldIsNotAField() throws Exception {
        assertThat(asked("PASS|1|session=evil|service=lmtp").session()).isEmpty();
    }

    @Test
    void cancelNamesItsRequest() throws Exception {
        assertThat(client("CANCEL|4294967295")).isEqualTo(new ClientLine.Cancels(4294967295L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERSION|1|2", "FUTURE|x", "", "|", "auth|1|PLAIN"})
    void whatItDoesNotKnowIsForTheOtherSide(String line) throws Exception {
        assertThat(client(line)).isEqualTo(new ClientLine.Other());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH", "AUTH|1", "AUTH|x|PLAIN", "AUTH||PLAIN", "AUTH|-1|PLAIN", "AUTH|4294967296|PLAIN",
                "AUTH|99999999999|PLAIN", "PASS|1", "USER", "LIST", "CANCEL|", "CANCEL|1x"
            })
    void badIdsAndMissingWordsAreMalformed(String line) {
        assertThatThrownBy(() -> client(line)).isInstanceOf(MalformedLineException.class);
    }

    @Test
    void aProxyReplyWithoutHostIsForUsToComplete() throws Exception {
        assertThat(server("OK|1|user=alice|proxy|lip=127.0.0.21|lport=1143|pass=secret"))
                .isEqualTo(new ServerLine.Succeeded(
                        1, Optional.of("alice"), Optional.empty(), true, false, false, false, false, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "proxy=y", "proxy=yes", "proxy="})
    void proxyIsOnWhateverItsValue(String flag) throws Exception {
        assertThat(succeeded("PASS|1|user=alice|" + flag).proxy()).isTrue();
    }

    @Test
    void fieldsWhoseNamesOnlyBeginAlikeAreOthers() throws Exception {
        ServerLine.Succeeded reply =
                succeeded("OK|1|user=a|proxy_timeout=5|hostip=::1|portable=1|ssl_x=1|destuser_x=1|pass=proxy");

        assertThat(reply)
                .isEqualTo(new ServerLine.Succeeded(
                        1, Optional.of("a"), Optional.empty(), false, false, false, false, false, Optional.empty()));
    }

    @Test
    void pinnedHostPortAndTlsAreSeen() throws Exception {
        ServerLine.Succeeded reply =
                succeeded("OK|1|user=alice|proxy|host=b9|port=1143|starttls=any-cert|destuser=bob");

        assertThat(reply.hasHost()).isTrue();
        assertThat(reply.hasPort()).isTrue();
        assertThat(reply.hasTls()).isTrue();
        assertThat(reply.destuser()).contains("bob");
    }

    @Test
    void escapedUserNamesAreDecoded() throws Exception {
        assertThat(succeeded("OK|1|user=a\u0001tb\u0001nc\u00011d\u00010e\u0001xf\u0001")
                        .user())
                .contains("a\tb\nc\u0001d\0exf");
    }

    @Test
    void aUserNameThatIsNotUtf8IsNone() throws Exception {
        byte[] line = "OK\t1\tuser=\u00ff\u00fe\tproxy".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(parser.serverLine(line, 0, line.length))
                .isEqualTo(new ServerLine.Succeeded(
                        1, Optional.empty(), Optional.empty(), true, false, false, false, false, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAIL|1|user=a|code=temp_fail", "NOTFOUND|1", "DONE|1|", "DONE|1|fail"})
    void endsAreEnds(String line) throws Exception {
        assertThat(server(line)).isEqualTo(new ServerLine.Ended(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DONE", "VERSION|1|2", "MECH|PLAIN|plaintext", "SPID|1", "CUID|1", "COOKIE|00", "CONT|1|"})
    void handshakesAndContinuationsPass(String line) throws Exception {
        assertThat(server(line)).isEqualTo(new ServerLine.Other());
    }

    @Test
    void aLineInsideALargerBufferIsReadFromItsPlace() throws Exception {
        byte[] data = bytes("garbage|OK|9|user=x\nmore");

        assertThat(parser.serverLine(data, 8, data.length - 5))
                .isEqualTo(new ServerLine.Succeeded(
                        9, Optional.of("x"), Optional.empty(), false, false, false, false, false, Optional.empty()));
    }

    @Test
    void aLoginProcessIntroducesItselfAndItsClientGoesOn() throws Exception {
        assertThat(client("CPID|12358")).isEqualTo(new ClientLine.Introduces(12358));
        assertThat(client("CONT|7|AGEAYg==")).isEqualTo(new ClientLine.Continues(7));
    }

    @Test
    void aMailProcessNamesTheLoginItAsksAbout() throws Exception {
        Request request = asked("REQUEST|3|12358|9|0123456789abcdef|session_pid=77|request_auth_token");

        assertThat(request.kind()).isEqualTo(Request.Kind.MASTER);
        assertThat(request.id()).isEqualTo(3);
        assertThat(request.login()).contains(new LoginReference(12358, 9));
    }

    @Test
    void theSessionPidIsLeftOutAndAllElseStays() {
        byte[] line = bytes("REQUEST|3|12358|9|0123|session_pid=77|request_auth_token");

        assertThat(parser.withoutSessionPid(line, 0, line.length))
                .isEqualTo(bytes("REQUEST|3|12358|9|0123|request_auth_token\n"));
    }

    @Test
    void whatTheHopBeforeSaidIsInTheForwardFields() throws Exception {
        Request request = asked("AUTH|1|PLAIN|service=imap|forward_fields=x=y\001tpombal=referrals,via:b1,later");

        assertThat(request.hop()).isEqualTo(new PreviousHop(true, false, List.of("b1"), List.of()));
        assertThat(asked("PASS|1|a|forward_fields=pombal=pinned").hop()).isEqualTo(PreviousHop.PINNED);
        assertThat(asked("PASS|1|a|forward_fields=\u00ff").hop()).isEqualTo(PreviousHop.UNKNOWN);
    }

    @Test
    void theSitesThatASessionHasLeftTravelWithIt() throws Exception {
        SiteId lisbon = new SiteId(new UUID(0, 1));
        SiteId porto = new SiteId(new UUID(0, 2));
        PreviousHop first = PreviousHop.FOLLOWS_REFERRALS.leaving(lisbon, PreviousHop.UNKNOWN);
        PreviousHop second = PreviousHop.UNKNOWN.sentOnBy("b1").leaving(porto, first);

        assertThat(asked("PASS|1|a|forward_fields=pombal=" + second.toFieldValue())
                        .hop())
                .isEqualTo(second);
        assertThat(second.sites()).containsExactly(lisbon, porto);
        assertThat(second.sentOnBy("b2").sites()).containsExactly(lisbon, porto);
        assertThat(asked("PASS|1|a|forward_fields=pombal=site:nonsense").hop().sites())
                .isEmpty();
    }

    @Test
    void theTagOfAUserIsAFieldOfThePassdb() throws Exception {
        assertThat(succeeded("OK|1|user=alice|cluster_tag=gold").tag()).contains("gold");
        assertThat(succeeded("OK|1|user=alice|cluster_tag=").tag()).isEmpty();
        assertThat(succeeded("OK|1|user=alice|cluster_tags=gold").tag()).isEmpty();
    }

    @Test
    void theResponseOfAClientIsTakenAsItIs() {
        byte[] auth = bytes("AUTH|1|PLAIN|service=imap|resp=AGEAYg==");
        byte[] continued = bytes("CONT|1|AGEAYg==");

        assertThat(parser.initialResponse(auth, 0, auth.length)).isEqualTo(bytes("AGEAYg=="));
        assertThat(parser.continuation(continued, 0, continued.length)).isEqualTo(bytes("AGEAYg=="));
        assertThat(parser.initialResponse(continued, 0, continued.length)).isEmpty();
        assertThat(parser.continuation(bytes("CONT|1"), 0, 6)).isEmpty();
    }

    @Test
    void aFoundUserHasANameAndAUserId() throws Exception {
        assertThat(server("USER|1|alice|uid=5000|home=/x"))
                .isEqualTo(new ServerLine.Found(1, Optional.of("alice"), OptionalLong.of(5000)));
        assertThat(server("USER|1|a=b|uid=none"))
                .isEqualTo(new ServerLine.Found(1, Optional.of("a=b"), OptionalLong.empty()));
    }

    @Test
    void aListedUserHasAName() throws Exception {
        assertThat(server("LIST|2|a=b")).isEqualTo(new ServerLine.Listed(2, Optional.of("a=b")));
    }

    private ClientLine client(String line) throws MalformedLineException {
        byte[] data = bytes(line);
        return parser.clientLine(data, 0, data.length);
    }

    private Request asked(String line) throws MalformedLineException {
        return ((ClientLine.Asks) client(line)).request();
    }

    private ServerLine server(String line) throws MalformedLineException {
        byte[] data = bytes(line);
        return parser.serverLine(data, 0, data.length);
    }

    private ServerLine.Succeeded succeeded(String line) throws MalformedLineException {
        return (ServerLine.Succeeded) server(line);
    }

    private static byte[] bytes(String line) {
        return line.replace('|', '\t').getBytes(StandardCharsets.UTF_8);
    }
}
