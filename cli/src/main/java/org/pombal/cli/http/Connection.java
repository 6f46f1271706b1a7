package org.pombal.cli.http;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection to a node. Waiting for it longer than its time-out throws {@link java.net.SocketTimeoutException}. */
interface Connection extends Closeable {

    InputStream input();

    OutputStream output();
}
