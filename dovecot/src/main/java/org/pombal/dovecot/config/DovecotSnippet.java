package org.pombal.dovecot.config;

import java.util.Map;

/** A {@link Snippet} for Dovecot. */
public sealed interface DovecotSnippet extends Snippet permits ProxySnippet, BackendSnippet {

    DovecotVersion version();

    Ports ports();

    /**
     * What the snippet itself makes Dovecot listen on.
     *
     * @param address that the server listens on
     */
    Map<Listener, ServerAddress> addresses(String address);
}
