package org.pombal.dovecot.doveconf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoveconfTest {

    private static final Doveconf OLD = Doveconf.parse("""
            # 2.3.19.1 (9b53102964): /etc/dovecot/dovecot.conf
            # Hostname: {
            auth_socket_path = auth-userdb
            doveadm_password = # hidden, use -P to show it
            protocols = " imap lmtp sieve"
            login_trusted_networks =\s
            protocol lmtp {
              auth_socket_path = pombal/cluster-userdb
            }
            service doveadm {
              inet_listener http {
                port = 8080
              }
            }
            service imap-login {
              executable = imap-login pombal/cluster
            }
            shutdown_clients = no
            """);

    private static final Doveconf NEW = Doveconf.parse("""
            # 2.4.1-4 (7d8c0e5759): /etc/dovecot/dovecot.conf
            protocols {
              imap = yes
              pop3 = no
            }
            local 192.0.2.1 {
              protocol imap {
                auth_socket_path = elsewhere
              }
            }
            metric a {
              filter = event=x AND NOT error=*
            }
            """);

    @Test
    void the_first_line_names_the_release() {
        assertThat(OLD.release()).isEqualTo("2.3.19.1");
        assertThat(NEW.release()).isEqualTo("2.4.1-4");
        assertThat(Doveconf.parse("").release()).isEmpty();
        assertThat(Doveconf.parse("sh: doveconf: not found").release()).isEmpty();
    }

    @Test
    void a_protocol_has_the_global_setting_unless_it_has_its_own() {
        assertThat(OLD.inProtocol("lmtp", "auth_socket_path")).contains("pombal/cluster-userdb");
        assertThat(OLD.inProtocol("imap", "auth_socket_path")).contains("auth-userdb");
        assertThat(OLD.inProtocol("imap", "lmtp_proxy")).isEmpty();
    }

    @Test
    void settings_after_a_section_are_global_again() {
        assertThat(OLD.global("shutdown_clients")).contains("no");
        assertThat(OLD.global("port")).isEmpty();
    }

    @Test
    void settings_of_services_and_their_listeners_are_found() {
        assertThat(OLD.ofService("imap-login", "executable")).contains("imap-login pombal/cluster");
        assertThat(OLD.inetListeners("doveadm"))
                .singleElement()
                .satisfies(listener -> assertThat(listener.value("port")).contains("8080"));
    }

    @Test
    void lists_are_read_in_both_of_their_forms() {
        assertThat(OLD.words("protocols")).containsExactly("imap", "lmtp", "sieve");
        assertThat(OLD.words("login_trusted_networks")).isEmpty();
        assertThat(NEW.words("protocols")).containsExactly("imap");
        assertThat(NEW.serves("pop3")).isFalse();
    }

    @Test
    void sections_in_sections_are_seen_too() {
        assertThat(NEW.all().all().flatMap(section -> section.value("auth_socket_path").stream()))
                .containsExactly("elsewhere");
    }

    @Test
    void a_value_may_hold_an_equals_sign() {
        assertThat(NEW.all().section("metric a").orElseThrow().value("filter")).contains("event=x AND NOT error=*");
    }
}
