package org.pombal.node;

import java.net.URI;
import org.pombal.model.backend.HostName;
import org.pombal.model.user.TestUser;
import org.pombal.settings.ValueType;

/** Types of values that settings of several classes have. */
final class NodeTypes {

    static final ValueType<HostName> HOST_NAME = new ValueType<>("a host name", HostName::new, HostName::toString);

    static final ValueType<TestUser> TEST_USER =
            new ValueType<>("a user name, in which %{backend_host} may stand", TestUser::new, TestUser::toString);

    private NodeTypes() {}

    /** The URL of something that Dovecot serves. */
    static ValueType<URI> url(String example) {
        return new ValueType<>(example + ", or https", NodeTypes::parse, URI::toString);
    }

    private static URI parse(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("has no http:// or https:// and a host");
        }
        return uri;
    }
}
