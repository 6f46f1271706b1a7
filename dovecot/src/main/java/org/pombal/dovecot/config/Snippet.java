package org.pombal.dovecot.config;

/** Configuration that makes a server a part of the cluster, to be included into what an operator has already. */
public sealed interface Snippet permits DovecotSnippet, HaproxySnippet {

    /** The text, complete and commented; ends with a newline. */
    String text();
}
