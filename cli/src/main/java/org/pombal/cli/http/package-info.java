/** As much of an HTTP/1.1 client as the command line needs, over unix sockets and TCP. */
@NullMarked
package org.pombal.cli.http;

import org.jspecify.annotations.NullMarked;
